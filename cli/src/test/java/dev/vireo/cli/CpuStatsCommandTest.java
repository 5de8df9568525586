package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CpuStatsCommandTest {
    private static final String CPU0 =
            "CPU0:\n\tcpu_time            24.386308517 seconds\n\tvcpu_time           23.151740627 seconds\n";
    private static final String CPU1 =
            "CPU1:\n\tcpu_time            24.386308518 seconds\n\tvcpu_time           23.151740628 seconds\n";
    private static final String TOTAL = """
            Total:
            \tcpu_time            48.772617035 seconds
            \tuser_time            5.540000000 seconds
            \tsystem_time          6.460000000 seconds
            """;

    private final FakeDriver driver = new FakeDriver();

    private ToolRun cpuStats(String... options) {
        String[] args = Arrays.copyOf(new String[] {"cpu-stats", "test"}, 2 + options.length);
        System.arraycopy(options, 0, args, 2, options.length);
        return ToolRun.of(driver, args);
    }

    private static HypervisorException unsupported() {
        return HypervisorException.of(ErrorCode.OPERATION_UNSUPPORTED, "fake", "not on this\nkernel");
    }

    @Test
    void withoutOptionsItPrintsWhatVirshPrints() {
        assertEquals(new ToolRun(0, CPU0 + CPU1 + TOTAL + "\n", ""), cpuStats());
    }

    @Test
    void totalAlonePrintsNoCpus() {
        assertEquals(new ToolRun(0, TOTAL + "\n", ""), cpuStats("--total"));
    }

    @Test
    void startOrCountAlonePrintsNoTotal() {
        assertEquals(new ToolRun(0, CPU1 + "\n", ""), cpuStats("--start", "1"));
        assertEquals(new ToolRun(0, CPU0 + "\n", ""), cpuStats("--count", "1"));
        assertEquals(new ToolRun(0, "\n", ""), cpuStats("--count", "0"));
    }

    @Test
    void aCountThatFitsAndRunsPastTheLastCpuEndsWithIt() {
        assertEquals(new ToolRun(0, CPU1 + TOTAL + "\n", ""), cpuStats("--start", "1", "--count", "2", "--total"));
    }

    @Test
    void aCountAboveAllCpusIsSaidOnStandardOutput() {
        assertEquals(
                new ToolRun(0, "Only 2 CPUs available to show\n" + CPU1 + "\n", ""),
                cpuStats("--start", "1", "--count", "3"));
    }

    @Test
    void aStartPastTheLastCpuFailsInVirshsWords() {
        assertEquals(
                new ToolRun(1, "", "error: Start CPU 2 is out of range (min: 0, max: 1)\n"), cpuStats("--start", "2"));
    }

    @Test
    void numbersThatAreNoneAndNegativeOnesAreMisuse() {
        assertEquals(2, cpuStats("--start", "x").exitCode());
        ToolRun negative = cpuStats("--start", "-1");
        assertEquals(2, negative.exitCode());
        assertTrue(negative.err().startsWith("Invalid value for start CPU\n"), negative.err());
        assertTrue(cpuStats("--count", "-1").err().startsWith("Invalid value for number of CPUs to show\n"));
    }

    @Test
    void threeHundredCpusWithGapsComeInChunksAndGapsAreSkipped() {
        driver.cpuTimes = new long[300];
        driver.vcpuTimes = new long[300];
        driver.absent.set(0);
        driver.absent.set(127, 130);
        driver.absent.set(298);
        ToolRun run = cpuStats("--count", "300");
        assertEquals(0, run.exitCode());
        assertEquals(
                295, run.out().lines().filter(line -> line.startsWith("CPU")).count());
        assertTrue(run.out().startsWith("CPU1:\n\tcpu_time             0.000000000 seconds\n"));
        assertTrue(run.out().contains("CPU126:\n"));
        assertFalse(run.out().contains("CPU128:\n"));
        assertTrue(run.out().contains("CPU130:\n"));
        assertTrue(run.out().contains("CPU299:\n"));
    }

    @Test
    void aSourceThatStartsAgainBetweenTwoChunksIsReadAgain() {
        driver.cpuTimes = new long[200];
        driver.restarts = 2;
        ToolRun run = cpuStats("--count", "200");
        assertEquals(
                200, run.out().lines().filter(line -> line.startsWith("CPU")).count());
    }

    @Test
    void aSourceThatNeverStopsStartingAgainIsAFailure() {
        driver.cpuTimes = new long[200];
        driver.restarts = 1000;
        ToolRun run = cpuStats("--start", "0");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: the source started again 10 times"), run.err());
    }

    @Test
    void timesAreUnsigned() {
        driver.totalCpuTime = -1;
        ToolRun run = cpuStats("--total");
        assertTrue(run.out().contains("\tcpu_time     18446744073.709551615 seconds\n"), run.out());
        assertTrue(cpuStats("--json").out().contains("\"cpu_time_ns\":18446744073709551615"));
    }

    @Test
    void unknownNamesAndTypesArePrintedAsPlainValues() {
        driver.strangeParameters = true;
        String out = cpuStats("--count", "1").out();
        assertEquals(CPU0 + "\twait\\x1b     -5\n\tuser_time    NaN\n\n", out);
        assertTrue(cpuStats("--json").out().contains("\"other\":{\"wait\\u001b\":-5,\"user_time\":\"NaN\"}"));
    }

    @Test
    void missingPerCpuTimesDoNotKeepTheTotalFromBeingPrinted() {
        driver.cpusFail = unsupported();
        assertEquals(
                new ToolRun(
                        0,
                        TOTAL + "\n",
                        "vireo: per-CPU times unavailable: Operation not supported: not on this\\x0akernel\n"),
                cpuStats());
    }

    @Test
    void aMissingTotalDoesNotKeepTheCpusFromBeingPrinted() {
        driver.totalFails = unsupported();
        ToolRun run = cpuStats();
        assertEquals(CPU0 + CPU1 + "\n", run.out());
        assertEquals(0, run.exitCode());
    }

    @Test
    void aPartThatWasAskedForAndCannotBeHadIsAFailure() {
        driver.cpusFail = unsupported();
        ToolRun run = cpuStats("--total", "--start", "0");
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(
                "error: VIR_ERR_OPERATION_UNSUPPORTED: Operation not supported: not on this\\x0akernel\n", run.err());
    }

    @Test
    void whenNothingCanBeReadItFails() {
        driver.cpusFail = unsupported();
        driver.totalFails = unsupported();
        assertEquals(1, cpuStats().exitCode());
        assertEquals("", cpuStats("--json").out());
    }

    @Test
    void aDomainThatIsGoneIsOneError() {
        driver.cpusFail = HypervisorException.of(ErrorCode.NO_DOMAIN, "fake", "it has ended");
        assertEquals(new ToolRun(1, "", "error: VIR_ERR_NO_DOMAIN: Domain not found: it has ended\n"), cpuStats());
    }

    @Test
    void countersThatDoNotRunSinceTheDomainsStartAndMissingFieldsAreSaidOnStandardError() {
        driver.vcpuTimes = new long[0];
        driver.origin = CpuStatsOrigin.from("cpu.stat")
                .since(CpuStatsOrigin.Since.ATTACHED, Instant.parse("2026-01-02T03:04:05Z"))
                .missing("vcpu_time", "no vcpu groups")
                .build();
        ToolRun run = cpuStats("--count", "1");
        assertEquals("CPU0:\n\tcpu_time            24.386308517 seconds\n\n", run.out());
        assertEquals(
                "vireo: per-CPU times: counted since the counting was attached at 2026-01-02T03:04:05Z,"
                        + " not since the domain's start (cpu.stat)\n"
                        + "vireo: per-CPU times: vcpu_time unavailable: no vcpu groups\n",
                run.err());
    }

    @Test
    void jsonHoldsNanosecondsAndTheOrigin() {
        driver.origin =
                CpuStatsOrigin.from("fake").generation(7).note("threads", "all").build();
        String origin = ",\"origin\":{\"source\":\"fake\",\"since\":\"DOMAIN_START\",\"since_time\":null,"
                + "\"generation\":7,\"missing\":{},\"notes\":{\"threads\":\"all\"}}}";
        ToolRun run = cpuStats("--json");
        run.json();
        assertEquals(
                "{\"uri\":\"fake:///probed\",\"driver\":\"fake\",\"domain\":{\"id\":1,\"name\":\"test\",\"uuid\":\""
                        + FakeDriver.UUID_OF_TEST + "\"},\"host_cpus\":{\"cpus\":["
                        + "{\"cpu\":0,\"cpu_time_ns\":24386308517,\"vcpu_time_ns\":23151740627},"
                        + "{\"cpu\":1,\"cpu_time_ns\":24386308518,\"vcpu_time_ns\":23151740628}]" + origin
                        + ",\"total\":{\"cpu_time_ns\":48772617035,\"user_time_ns\":5540000000,"
                        + "\"system_time_ns\":6460000000" + origin + "}\n",
                run.out());
    }

    @Test
    void jsonSaysWhyAPartIsUnavailable() {
        driver.cpusFail = unsupported();
        ToolRun run = cpuStats("--json");
        run.json();
        assertTrue(run.out()
                .contains("\"host_cpus\":{\"unavailable\":\"Operation not supported: not on this\\u000akernel\"}"));
    }

    @Test
    void zerosOfACounterThatBeganWithTheCommandAreNotShownAsTimes() {
        driver.origin = CpuStatsOrigin.from("sched-events")
                .since(CpuStatsOrigin.Since.ATTACHED, Instant.now().plusSeconds(60))
                .build();
        ToolRun run = cpuStats();
        assertEquals(0, run.exitCode());
        assertFalse(run.out().contains("CPU0"), run.out());
        assertTrue(run.err().contains("nothing counted the domain's time on each CPU until now"), run.err());
        assertTrue(run.err().contains("--for 2s"), run.err());
        assertEquals(1, cpuStats("--start", "0").exitCode());
    }

    @Test
    void forATimeTheDifferenceIsShownInTheSameLayout() {
        driver.grows = 1_500_000_000L;
        driver.vcpuTimes = new long[0];
        assertEquals(new ToolRun(0, """
                        CPU0:
                        \tcpu_time             1.500000000 seconds
                        CPU1:
                        \tcpu_time             1.500000000 seconds
                        Total:
                        \tcpu_time             1.500000000 seconds
                        \tuser_time            0.000000000 seconds
                        \tsystem_time          0.000000000 seconds

                        """, ""), cpuStats("--for", "1ms"));
    }

    @Test
    void forATimeACounterThatBeganWithTheCommandWillDo() {
        driver.origin = CpuStatsOrigin.from("sched-events")
                .since(CpuStatsOrigin.Since.ATTACHED, Instant.now().plusSeconds(60))
                .build();
        ToolRun run = cpuStats("--for", "1ms", "--start", "1");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("CPU1:\n\tcpu_time             0.000000000 seconds\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aSourceThatStartsAgainWhileTimeIsCountedIsAFailure() {
        driver.restarts = 1000;
        ToolRun run = cpuStats("--for", "1ms", "--start", "0");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("started again"), run.err());
    }

    @Test
    void aTotalWithoutADifferenceDoesNotKeepTheCpusFromBeingShown() {
        driver.totalFailures = 1;
        driver.grows = 1_500_000_000L;
        ToolRun run = cpuStats("--for", "1ms");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("CPU0:\n\tcpu_time             1.500000000 seconds\n"), run.out());
        assertFalse(run.out().contains("Total"), run.out());
        assertTrue(run.err().contains("could not be read at first"), run.err());
    }

    @Test
    void aTimeThatIsNoneIsMisuse() {
        for (String none : new String[] {"2", "0s", "-1s", "s", "1h", "9999999999s"}) {
            ToolRun run = cpuStats("--for", none);
            assertEquals(2, run.exitCode(), none);
            assertTrue(run.err().contains("examples are 500ms, 2s and 1min"), run.err());
        }
    }

    @Test
    void jsonSaysForHowLongItCounted() {
        assertTrue(cpuStats("--json", "--for", "3ms").out().contains("\"for_ns\":3000000,"));
    }

    @Test
    void watchedTheDifferenceOverEachPeriodIsShownInTheSameLayout() {
        driver.cpuTimes = new long[] {0, 0};
        driver.vcpuTimes = new long[0];
        driver.grows = 1000000000L;
        String period = """
                CPU0:
                \tcpu_time             1.000000000 seconds
                CPU1:
                \tcpu_time             1.000000000 seconds
                Total:
                \tcpu_time             1.000000000 seconds
                \tuser_time            0.000000000 seconds
                \tsystem_time          0.000000000 seconds

                """;
        assertEquals(new ToolRun(0, period.repeat(3), ""), cpuStats("--watch=0.001", "-n", "3"));
    }

    @Test
    void watchedAsJsonEachPeriodIsALineWithTheTimeThatWasMeasured() {
        ToolRun run = cpuStats("--watch=0.002", "-n", "2", "--json", "--total");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(2, run.out().lines().count());
        run.out().lines().forEach(line -> {
            long nanos = Long.parseLong(line.replaceAll(".*\"for_ns\":([0-9]+),.*", "$1"));
            assertTrue(nanos > 0, line);
        });
    }

    @Test
    void watchedAPartThatCannotBeReadForOnceIsSaidToBeAndComesAgain() {
        driver.totalFailures = 1;
        driver.grows = 5;
        ToolRun run = cpuStats("--watch=0.001", "-n", "3");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(3, run.out().split("CPU0:", -1).length - 1, run.out());
        assertEquals(2, run.out().split("Total:", -1).length - 1, run.out());
        assertTrue(run.err().contains("total unavailable: it could not be read at first"), run.err());
    }

    @Test
    void aCounterThatGoesBackHasNoDifferenceAndNoneThatIsAllTheTimeThereIs() {
        driver.grows = -1;
        for (String[] options : new String[][] {{"--for", "1ms"}, {"--watch=0.001", "-n", "2"}}) {
            ToolRun run = cpuStats(options);
            assertTrue(run.err().contains("cpu_time went back, so that there is no difference"), run::err);
            assertFalse(run.out().contains("seconds"), run::out);
        }
    }

    @Test
    void watchedPeriodsMustBeTimes() {
        for (String[] options : new String[][] {
            {"--watch=0"}, {"--watch=x"}, {"--watch=NaN"}, {"--watch", "--for", "1s"}, {"--watch", "-n", "0"}
        }) {
            assertEquals(2, cpuStats(options).exitCode());
        }
    }

    @Test
    void watchingEndsWhenNobodyReads() {
        java.io.OutputStream closed = new java.io.OutputStream() {
            @Override
            public void write(int octet) throws java.io.IOException {
                throw new java.io.IOException("Broken pipe");
            }
        };
        CommandLineTool tool = new CommandLineTool(dev.vireo.Drivers.none().with(driver), closed, closed);
        assertEquals(1, tool.run("cpu-stats", "test", "--watch=0.001"));
    }
}
