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
    private static final String GROUP = "sys/fs/cgroup/cpuacct/machine/qemu-3-web.libvirt-qemu/";

    @TempDir
    private Path host;

    @BeforeEach
    void makeHost() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/root")), "NOT TESTED: only root can become somebody else");
        write("proc/1/mountinfo", "31 20 0:28 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct\n");
        write(
                "proc/42/stat",
                "42 (qemu-system-x86) S 1 42 42 0 -1 4194560 1 0 0 0 250 70 0 0 20 0 5 0 777 1000 50 1\n");
        write("proc/42/statm", "1000 50 40 30 0 20 0\n");
        write("proc/42/cmdline", "qemu-system-x86_64\0-name\0guest=web\0");
        write("proc/42/cgroup", "5:cpuacct:/machine/qemu-3-web.libvirt-qemu/emulator\n");
        for (String ids : List.of("possible", "present", "online")) {
            write("sys/devices/system/cpu/" + ids, "0\n");
        }
        write(GROUP + "cpuacct.usage", "5\n");
        write(GROUP + "cpuacct.stat", "user 0\nsystem 0\n");
        write(GROUP + "cpuacct.usage_percpu", "5\n");
        Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String path, String text) throws IOException {
        Path file = host.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The jars are copied to where nobody may read them: the working copy may be root's alone. */
    private CommandRun cpuStatsAsNobody() throws IOException {
        Path jars = Files.createDirectories(host.resolve("jars"));
        for (String jar : BuiltJars.paths()) {
            Path source = Path.of(jar);
            Files.copy(source, jars.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        String uri = "qemu+cgroup:///system?procfs=" + host.resolve("proc") + "&sysfs=" + host.resolve("sys");
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        List<String> become = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        List<String> command = List.of(java, "-cp", jars + "/*", "dev.vireo.cli.Main", "-c", uri, "cpu-stats", "web");
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
        Path secret = host.resolve(GROUP + "cpuacct.usage");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        CommandRun run = cpuStatsAsNobody();
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("VIR_ERR_ACCESS_DENIED"), run::toString);
        assertTrue(run.err().contains(secret.toString()), run::toString);
        assertTrue(run.err().contains("run as root or as a user who may read it"), run::toString);
        assertEquals("", run.out());
    }
}
