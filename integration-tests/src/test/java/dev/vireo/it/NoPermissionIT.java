package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who is not root, on a host one of whose files is root's alone. */
class NoPermissionIT {
    private static final String NOBODY = "65534";

    @TempDir
    private Path directory;

    private SmallHost host;

    @BeforeEach
    void makeHost() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/root")), "NOT TESTED: only root can become somebody else");
        host = SmallHost.in(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The jars are copied to where nobody may read them: the working copy may be root's alone. */
    private CommandRun cpuStatsAsNobody() throws IOException {
        Path jars = Files.createDirectories(directory.resolve("jars"));
        for (String jar : BuiltJars.paths()) {
            Path source = Path.of(jar);
            Files.copy(source, jars.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        List<String> become = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        List<String> command =
                List.of(java, "-cp", jars + "/*", "dev.vireo.cli.Main", "-c", host.uri(), "cpu-stats", "web");
        return CommandRun.of(
                Duration.ofMinutes(1),
                Stream.concat(become.stream(), command.stream()).toList());
    }

    @Test
    void whatMayBeReadIsRead() throws IOException {
        cpuStatsAsNobody().requireSuccess();
    }

    @Test
    void aFileThatMayNotBeReadIsNamedWithWhatToDo() throws IOException {
        Path secret = host.usage();
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        CommandRun run = cpuStatsAsNobody();
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("VIR_ERR_ACCESS_DENIED"), run::toString);
        assertTrue(run.err().contains(secret.toString()), run::toString);
        assertTrue(run.err().contains("run as root or as a user who may read it"), run::toString);
        assertEquals("", run.out());
    }
}
