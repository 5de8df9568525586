package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A user who is not root and has one capability or the other: what works, and what is said of the rest. */
class CapabilitiesIT {
    private static final String NOBODY = "65534";
    private static final String NEEDS_BPF = "CAP_BPF";
    private static final String NEEDS_PERFMON = "CAP_PERFMON";

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    private Path directory;

    private PlacedGuest guest;

    @BeforeEach
    void startGuest() throws IOException {
        Requirements.requireProgram("setpriv", "util-linux");
        guest = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String jar : BuiltJars.paths()) {
            Path source = Path.of(jar);
            Files.copy(source, directory.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private CommandRun cpuStatsWith(String... capabilities) {
        return cpuStatsOf(RealGuestContract.URI, capabilities).requireSuccess();
    }

    private CommandRun cpuStatsOf(String uri, String... capabilities) {
        return run(
                List.of("-c", uri, "cpu-stats", Integer.toString(guest.id()), "--for", "100ms", "--json"),
                capabilities);
    }

    private CommandRun run(List<String> arguments, String... capabilities) {
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        if (capabilities.length > 0) {
            String list = "+" + String.join(",+", capabilities);
            command.addAll(List.of("--inh-caps=" + list, "--ambient-caps=" + list));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-cp", directory + "/*", "dev.vireo.cli.Main"));
        command.addAll(arguments);
        return CommandRun.of(Duration.ofMinutes(1), command);
    }

    private static void assertUnavailable(CommandRun run, String... reasons) {
        assertTrue(run.out().contains("\"host_cpus\":{\"unavailable\":"), run::toString);
        assertSaid(run, reasons);
    }

    private static void assertSource(CommandRun run, String source, String... reasons) {
        assertTrue(run.out().contains("\"source\":\"" + source + "\""), run::toString);
        assertSaid(run, reasons);
    }

    private static void assertSaid(CommandRun run, String... reasons) {
        for (String reason : reasons) {
            assertTrue(run.out().contains(reason), run::toString);
        }
        assertTrue(run.out().contains("\"total\":{\"cpu_time_ns\":"), run::toString);
    }

    @Test
    void withNoneNoSourceWorksAndEachSaysWhatItTakes() {
        assertUnavailable(cpuStatsWith(), "sched-events: bpf(MAP_CREATE) failed with EPERM", NEEDS_BPF, NEEDS_PERFMON);
    }

    @Test
    void withPerfmonPerformanceEventsWork() {
        assertSource(cpuStatsWith("perfmon"), "perf", NEEDS_BPF);
    }

    @Test
    void withBpfAloneMapsAreMadeButNoProgramIsLoaded() {
        CommandRun run = cpuStatsWith("bpf");
        assertUnavailable(run, "sched-events: bpf(PROG_LOAD)", NEEDS_PERFMON);
        assertFalse(run.out().contains("MAP_CREATE"), run::toString);
    }

    @Test
    void whatIsPinnedForRootAloneKeepsNobodyFromCountingByHimself() throws IOException {
        String uri = RealGuestContract.URI + "?bpffs="
                + scene.opened(BpfFileSystem.mount()).directory();
        try (Connection connection = Connection.open(uri, OpenOptions.defaults().readWrite())) {
            connection.startCpuAccounting();
            assertSource(cpuStatsOf(uri, "bpf", "perfmon").requireSuccess(), "sched-events");
            CommandRun status = run(List.of("-c", uri, "accounting", "status"), "bpf", "perfmon");
            assertTrue(status.err().contains("only root may open"), status::toString);
        }
    }

    @Test
    void withBothTheSchedulersEventsWork() {
        CommandRun run = cpuStatsWith("bpf", "perfmon");
        assertSource(run, "sched-events");
        assertEquals("", run.err().replaceAll("(?m)^vireo: .*\n", ""), run::toString);
    }
}
