package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The unit of the exporter: sound, closed where it can be, and open where the native driver needs it. */
class SystemdUnitIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String NOBODY = "65534";
    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+) ");
    private static final Pattern SOURCE = Pattern.compile("\"source\":\"[^\"]*\"|\"unavailable\":\"[^\"]*\"");

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    private Path directory;

    private SystemdUnit unit;

    @BeforeEach
    void readUnit() throws IOException {
        Requirements.requireProgram("systemd-analyze", "systemd");
        unit = SystemdUnit.delivered();
    }

    @Test
    void systemdFindsNothingWrongWithIt() throws IOException {
        // the command is not where a package puts it
        String here = Repository.root().resolve("vireo").toString();
        Path copy = directory.resolve("vireo.service");
        Files.writeString(copy, Files.readString(SystemdUnit.file()).replace("/usr/bin/vireo", here));
        CommandRun run = CommandRun.of(LIMIT, List.of("systemd-analyze", "verify", "--man=no", copy.toString()));
        assertEquals("", run.requireSuccess().err(), run::toString);
    }

    /** {@code docs/monitoring.md} quotes the figure. */
    @Test
    void itsExposureIsTheFigureThatTheDocumentQuotes() throws IOException {
        CommandRun run = CommandRun.of(
                LIMIT,
                List.of(
                        "systemd-analyze",
                        "security",
                        "--no-pager",
                        "--offline=true",
                        "--threshold=20",
                        SystemdUnit.file().toString()));
        Matcher exposure = EXPOSURE.matcher(run.requireSuccess().out());
        assertTrue(exposure.find(), run::toString);
        String document = Files.readString(Repository.root().resolve("docs/monitoring.md"));
        assertTrue(document.contains("exposure of " + exposure.group(1) + " "), run::toString);
    }

    @Test
    void noCapabilityIsWithinReachThatItIsNotStartedWith() {
        assertEquals(unit.words("CapabilityBoundingSet"), unit.words("AmbientCapabilities"));
    }

    @Test
    void underItTheNativeDriverChoosesTheSourcesThatItChoosesForRoot() throws IOException {
        Requirements.requireProgram("setpriv", "util-linux");
        List<PlacedGuest> guests = List.of(
                scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD),
                scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD),
                scene.serviceGuest(CgroupVersion.V2, GuestSpec.of(GuestRom.SPINS)));
        Path kept = keepJars();
        for (PlacedGuest guest : guests) {
            List<String> arguments =
                    List.of("-c", RealGuestContract.URI, "cpu-stats", guest.name(), "--for", "100ms", "--json");
            String forRoot = sources(java(kept, arguments));
            assertTrue(forRoot.contains("\"source\":"), forRoot);
            assertFalse(forRoot.contains("unavailable"), forRoot);
            assertEquals(forRoot, sources(asTheUnitWould(java(Path.of("/mnt"), arguments))), guest::name);
            List<String> vcpus = List.of("-c", RealGuestContract.URI, "vcpus", guest.name(), "--json");
            assertFalse(printed(asTheUnitWould(java(Path.of("/mnt"), vcpus))).contains("unavailable"), guest::name);
        }
    }

    @Test
    void withoutItsCapabilitiesTheSourcesAreNotTheSame() throws IOException {
        PlacedGuest guest = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        keepJars();
        String sources = sources(sandboxed(
                List.of("--bounding-set=-all"),
                java(
                        Path.of("/mnt"),
                        List.of("-c", RealGuestContract.URI, "cpu-stats", guest.name(), "--for", "100ms", "--json"))));
        assertTrue(sources.contains("unavailable"), sources);
    }

    /** The working copy may be root's alone, and lie where the unit sees nothing. */
    private Path keepJars() throws IOException {
        Path kept = Files.createDirectories(directory.resolve("kept"));
        for (String jar : BuiltJars.paths()) {
            Path source = Path.of(jar);
            Files.copy(source, kept.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(kept.resolve("calls"), unit.systemCalls());
        Path filter = scene.program("under_filter").path();
        Files.copy(filter, kept.resolve("under_filter"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rwxr-xr-x"));
        return kept;
    }

    private static List<String> java(Path jars, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(List.of("-cp", jars + "/*", "dev.vireo.cli.Main"));
        command.addAll(arguments);
        return command;
    }

    private List<String> asTheUnitWould(List<String> command) {
        String bounding = "+" + String.join(",+", unit.capabilities("CapabilityBoundingSet"));
        String ambient = "+" + String.join(",+", unit.capabilities("AmbientCapabilities"));
        return sandboxed(
                List.of("--bounding-set=-all," + bounding, "--inh-caps=" + ambient, "--ambient-caps=" + ambient),
                command);
    }

    private List<String> sandboxed(List<String> capabilities, List<String> command) {
        Path script = Repository.root().resolve("integration-tests/src/test/sh/hidden_files.sh");
        List<String> all = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "bash"));
        all.addAll(List.of(script.toString(), directory.resolve("kept").toString()));
        all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs"));
        all.addAll(capabilities);
        all.addAll(List.of("/mnt/under_filter", "/mnt/calls"));
        all.addAll(command);
        return all;
    }

    private static String sources(List<String> command) {
        return SOURCE.matcher(printed(command))
                .results()
                .map(found -> found.group())
                .toList()
                .toString();
    }

    private static String printed(List<String> command) {
        return CommandRun.of(LIMIT, command).requireSuccess().out();
    }
}
