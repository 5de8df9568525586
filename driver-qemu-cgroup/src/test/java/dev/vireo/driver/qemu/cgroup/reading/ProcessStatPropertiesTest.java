package dev.vireo.driver.qemu.cgroup.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.qemu.cgroup.Mutations;
import dev.vireo.driver.qemu.cgroup.Mutations.Mutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** {@code stat} of processes and of threads, with names of any bytes. */
class ProcessStatPropertiesTest {
    /** What surrounds the fields is stripped: white space as Java has it, with the separators U+001C to U+001F. */
    private static final Pattern FORM = Pattern.compile(
            "[^(]*\\((.*)\\)[\\s\\x1c-\\x1f]*([^ ])[^ ]* ([-+]?\\d+)(?: [^ ]*){4} \\+?(\\d+)(?: [^ ]*){12} \\+?(\\d+) \\+?(\\d+)(?:[\\s\\x1c-\\x1f].*)?",
            Pattern.DOTALL);

    private static Path process;

    private final KernelText text = new KernelText();

    @BeforeContainer
    static void makeProcess() throws IOException {
        process = Files.createTempDirectory("process");
    }

    @AfterContainer
    static void removeProcess() throws IOException {
        Files.delete(process.resolve("stat"));
        Files.delete(process.resolve("schedstat"));
        Files.delete(process);
    }

    @Provide
    Arbitrary<Mutation> few() {
        return Mutations.few();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars('(', ')', ' ', 'R', '1', '\n').ofMaxLength(15),
                Arbitraries.strings().withCharRange('\u0001', '\u00ff').ofMaxLength(15));
    }

    private static byte[] stat(String name, char state, int parent, long start, long memory, int cpu) {
        return ("60 (" + name + ") " + state + " " + parent + " 60 60 0 -1 4194560 1 0 0 0 250 70 0 0 20 0 5 0 "
                        + Long.toUnsignedString(start) + " " + Long.toUnsignedString(memory)
                        + " 50 18446744073709551615 1 2 3 4 5 0 6 7 8 0 0 0 -1 " + cpu + " 0 0\n")
                .getBytes(ISO_8859_1);
    }

    @Property
    void aProcessIsReadAsItIsWhateverItIsCalled(
            @ForAll("names") String name,
            @ForAll @IntRange(max = 1 << 22) int parent,
            @ForAll long start,
            @ForAll long memory)
            throws IOException {
        Files.write(process.resolve("stat"), stat(name, 'S', parent, start, memory, 0));
        assertEquals(new ProcessStat(name, 'S', parent, 4194560, start, memory), ProcessStat.read(process));
    }

    @Property
    void aSpoiltProcessIsReadAsItStandsThereOrIsAnErrorThatNamesTheFile(
            @ForAll("names") String name, @ForAll long start, @ForAll("few") Mutation mutation) throws IOException {
        byte[] bytes = mutation.apply(stat(name, 'S', 1, start, 5, 0));
        Files.write(process.resolve("stat"), bytes);
        try {
            ProcessStat read = ProcessStat.read(process);
            Matcher expected = FORM.matcher(new String(bytes, ISO_8859_1));
            assertTrue(expected.matches(), () -> "numbers from nowhere: " + read);
            assertEquals(expected.group(1), read.command());
            assertEquals(Integer.parseInt(expected.group(3)), read.parent());
            assertEquals(Long.parseUnsignedLong(expected.group(5)), read.startTime());
            assertEquals(Long.parseUnsignedLong(expected.group(6)), read.memory());
        } catch (MalformedFileException refused) {
            assertTrue(refused.getMessage().startsWith(process.resolve("stat") + ": "), refused.getMessage());
        }
    }

    @Property
    void aThreadsStateCpuAndTimesAreReadAsTheyAreWhateverItIsCalled(
            @ForAll("names") String name,
            @ForAll @IntRange(max = 1024) int cpu,
            @ForAll long runTime,
            @ForAll long delay)
            throws IOException {
        Files.write(process.resolve("stat"), stat(name, 'R', 1, 5, 5, cpu));
        Files.writeString(
                process.resolve("schedstat"),
                Long.toUnsignedString(runTime) + " " + Long.toUnsignedString(delay) + " 3\n");
        VcpuTimes times = VcpuTimes.allocate(1);
        VcpuReadings readings = new VcpuReadings();
        try (VcpuThread thread = new VcpuThread(4, process, new OpenFileBudget(0))) {
            assertEquals(0, thread.describe(text, times));
            thread.read(text, readings);
        }
        assertEquals(VcpuState.RUNNING, times.state(0));
        assertEquals(cpu, times.cpu(0));
        assertEquals(runTime, readings.runTime(0));
        assertEquals(delay, readings.delay(0));
    }

    @Property
    void aSpoiltThreadIsAnErrorThatNamesTheFileAndNeverANegativeCpu(
            @ForAll("names") String name, @ForAll("few") Mutation mutation) throws IOException {
        Files.write(process.resolve("stat"), mutation.apply(stat(name, 'R', 1, 5, 5, 7)));
        Files.write(process.resolve("schedstat"), mutation.apply("11 22 33\n".getBytes(ISO_8859_1)));
        VcpuTimes times = VcpuTimes.allocate(1);
        try (VcpuThread thread = new VcpuThread(4, process, new OpenFileBudget(0))) {
            thread.read(text, new VcpuReadings());
            int row = thread.describe(text, times);
            assertFalse(times.cpu(row) < 0);
        } catch (MalformedFileException refused) {
            assertTrue(refused.getMessage().startsWith(process + "/"), refused.getMessage());
        }
    }

    @Property
    void aThreadsNameIsThatOfAVcpuOrOfNone(@ForAll("names") String name, @ForAll @IntRange(max = 999_999) int number) {
        assertEquals(
                java.util.OptionalInt.of(number),
                VcpuThreadNames.parse(("CPU " + number + "/KVM\n").getBytes(ISO_8859_1)));
        assertEquals(java.util.OptionalInt.empty(), VcpuThreadNames.parse((name + "\n").getBytes(ISO_8859_1)));
    }

    @Property
    void aSpoiltNameHasTheNumberThatStandsThereOrNone(@ForAll("few") Mutation mutation) {
        byte[] bytes = mutation.apply("CPU 12345/KVM\n".getBytes(ISO_8859_1));
        VcpuThreadNames.parse(bytes).ifPresent(number -> {
            String digits = new String(bytes, ISO_8859_1).strip().replaceAll("^CPU ([0-9]+)/[A-Z]+$", "$1");
            assertEquals(Integer.parseInt(digits), number);
        });
    }
}
