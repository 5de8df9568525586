package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.it.CommandRun;
import dev.vireo.it.GuestRom;
import dev.vireo.it.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package of {@code -Pdist}: installed, run, removed and purged in a copy of this system. */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianPackageIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String INSTALL = "dpkg -i /mnt/vireo.deb 2>&1";
    /** What belongs to dpkg, to the index of manual pages, and to the tools that make accounts. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "/var/(lib/dpkg|log|cache/man|cache/debconf)(/.*)?|/etc/(passwd|group|shadow|gshadow|subuid|subgid)-|/etc/\\.pwd\\.lock");

    private static final String SCRAPE = "{ exec 3<>/dev/tcp/127.0.0.1/9178 &&"
            + " printf 'GET /metrics HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && cat <&3; } 2> /dev/null";

    private Path shared;
    private SystemCopy installed;

    @BeforeAll
    void build(@TempDir Path directory) throws IOException, InterruptedException {
        Requirements.root("installing a package");
        Requirements.requireProgram("dpkg", "dpkg");
        Requirements.requireProgram("adduser", "adduser");
        String provided = run("dpkg-query", "-W", "-f", "${Provides}\n").out();
        Assumptions.assumeTrue(
                provided.contains("java17-runtime-headless"),
                "NOT TESTED: Debian has no Java here; install openjdk-17-jre-headless");
        shared = Files.createDirectory(directory.resolve("shared"));
        DistributionBuild build = DistributionBuild.in(directory.resolve("build"), directory.resolve("repository"));
        Files.copy(build.debianPackage(), shared.resolve("vireo.deb"));
        installed = SystemCopy.make(Files.createDirectory(directory.resolve("copy")), shared);
        installed.bash(INSTALL);
    }

    @AfterAll
    void forget() throws IOException {
        if (installed != null) {
            installed.close();
        }
    }

    private static CommandRun run(String... command) {
        return CommandRun.of(LIMIT, List.of(command)).requireSuccess();
    }

    private static Set<String> left(SystemCopy system) {
        Set<String> left = system.added();
        left.removeIf(path -> NOT_OURS.matcher(path).matches());
        return left;
    }

    private static String accounts(SystemCopy system) {
        return system.bash("cat /etc/passwd /etc/group");
    }

    private static String status(SystemCopy system) {
        return system.run("dpkg-query", "-W", "-f", "${db:Status-Status}", "vireo")
                .out();
    }

    @Test
    void lintianFindsNothingWrongWithIt() {
        Requirements.requireProgram("lintian", "lintian");
        String deb = shared.resolve("vireo.deb").toString();
        CommandRun lintian = run("lintian", "--allow-root", "--no-cfg", "--fail-on", "error,warning", deb);
        assertEquals("", lintian.out());
    }

    @Test
    void whatIsInstalledRuns() {
        assertEquals("installed", status(installed));
        String times = installed.bash("vireo -c 'test:///default?clock=stopped' cpu-stats test");
        assertTrue(times.contains("cpu_time            48.772617035 seconds"), times);
        String drivers = installed.bash("vireo drivers");
        assertTrue(drivers.contains("QEMU-cgroup") && !drivers.contains("not usable"), drivers);
    }

    @Test
    void itStartsFastForEverybodyFromTheFirstTimeOn() {
        assertFalse(installed.bash("ls /usr/share/vireo/lib/start-*/archive").isBlank());
    }

    @Test
    void itRunsForAUserWhoMayWriteNowhere() {
        String listed = installed.bash("setpriv --reuid=vireo --regid=vireo --clear-groups env HOME=/nonexistent"
                + " XDG_CACHE_HOME=/nonexistent vireo -c test:///default list");
        assertTrue(listed.contains("test"), listed);
    }

    @Test
    void itsManualPagesAndCompletionsAreThere() {
        assertTrue(
                installed.bash("zcat /usr/share/man/man1/vireo-cpu-stats.1.gz").contains("\\-\\-for TIME"));
        CommandRun completed = installed.run(
                "bash",
                "-c",
                "source /usr/share/bash-completion/completions/vireo; COMP_WORDS=(vireo cpu-st); COMP_CWORD=1;"
                        + " _complete_vireo; printf '%s\\n' \"${COMPREPLY[@]}\"");
        assertEquals("cpu-stats\n", completed.requireSuccess().out());
    }

    @Test
    void dashboardAlertsAndDocumentsAreThere() {
        for (String file : List.of(
                "vireo/deploy/grafana/vireo.json",
                "vireo/deploy/prometheus/vireo-alerts.yml",
                "doc/vireo/monitoring.md",
                "doc/vireo/copyright")) {
            installed.bash("test -s /usr/share/" + file);
        }
        assertTrue(installed.bash("cat /etc/default/vireo").contains("VIREO_SERVE_OPTIONS="));
    }

    @Test
    void itsServiceIsSoundHasItsUserAndWaitsToBeEnabled() {
        CommandRun verify = installed.run("systemd-analyze", "verify", "/lib/systemd/system/vireo.service");
        assertEquals("", verify.requireSuccess().err(), verify::toString);
        String user = installed.bash("getent passwd vireo");
        assertTrue(user.endsWith(":/nonexistent:/usr/sbin/nologin\n"), user);
        CommandRun enabled = installed.run("systemctl", "is-enabled", "vireo.service");
        assertEquals("disabled\n", enabled.out(), enabled::toString);
    }

    @Test
    void itsServiceServesAGuestsTimesPerCpuUnderSystemd(@TempDir Path empty) throws IOException {
        Requirements.requireProgram("qemu-system-x86_64", "qemu-system-x86");
        Requirements.requireFile(Path.of("/lib/systemd/systemd"), "systemd");
        Assumptions.assumeTrue(
                Files.readString(Path.of("/proc/self/mountinfo")).contains(" - cgroup2 "),
                "NOT TESTED: no cgroup v2 hierarchy is mounted");
        GuestRom.SPINS.writeTo(shared.resolve("spins.rom"));
        try (SystemCopy system = SystemCopy.boot(empty, shared)) {
            system.bash(INSTALL);
            assertEquals(
                    "inactive",
                    system.run("systemctl", "is-active", "vireo").out().strip());
            system.bash("systemd-run --quiet --unit=guest qemu-system-x86_64 -name guest=web,debug-threads=on"
                    + " -accel kvm -accel tcg -machine pc -smp 1 -m 16 -display none -nodefaults -no-user-config"
                    + " -bios /mnt/spins.rom; systemctl start vireo");

            String served = system.bash("until " + SCRAPE + " | grep -E '^vm_host_cpu_seconds_total.* [0-9.]*[1-9]';"
                    + " do systemctl --quiet is-active vireo guest; sleep 0.2; done; " + SCRAPE);
            assertTrue(served.contains(",name=\"web\","), served);
            assertTrue(served.contains("\nvireo_up 1.0\n"), served);

            String process = system.bash("cat /proc/$(systemctl show --property=MainPID --value vireo)/status");
            assertTrue(process.contains("\nSeccomp:\t2\n") && process.contains("\nNoNewPrivs:\t1\n"), process);
            // CAP_PERFMON is bit 38, CAP_BPF 39
            assertTrue(process.contains("\nCapBnd:\t000000c000000000\n"), process);
            assertFalse(process.contains("\nUid:\t0\t"), process);

            system.bash("systemctl stop vireo");
            assertEquals(
                    "success",
                    system.bash("systemctl show --property=Result --value vireo")
                            .strip());
        }
    }

    @Test
    void anotherInstallationKeepsTheSettings(@TempDir Path empty) throws IOException {
        try (SystemCopy system = SystemCopy.make(empty, shared)) {
            system.bash(INSTALL);
            system.bash("echo 'VIREO_SERVE_OPTIONS=--insecure' > /etc/default/vireo");
            system.bash(INSTALL);
            assertEquals("VIREO_SERVE_OPTIONS=--insecure\n", system.bash("cat /etc/default/vireo"));
        }
    }

    @Test
    void removedItLeavesItsSettingsAndPurgedNothing(@TempDir Path empty) throws IOException {
        try (SystemCopy system = SystemCopy.make(empty, shared)) {
            String accounts = accounts(system);
            system.bash(INSTALL);
            system.bash("systemctl enable vireo 2>&1; install -d -o vireo /var/cache/vireo/start-1");
            assertFalse(left(system).isEmpty());

            system.bash("dpkg -r vireo 2>&1");
            assertEquals("config-files", status(system));
            Set<String> left = left(system);
            assertTrue(left.remove("/etc/default/vireo"), left::toString);
            left.removeIf(path -> path.matches("/var/(cache/vireo|lib/systemd)/.*|/var/cache/vireo|/etc/systemd/.*"));
            assertEquals(Set.of(), left);

            system.bash("dpkg -P vireo 2>&1");
            assertEquals("", status(system));
            assertEquals(Set.of(), left(system));
            assertEquals(accounts, accounts(system));
        }
    }
}
