package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.Drivers;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the driver makes of each recorded host. The expected numbers are those of the recorded files: nanoseconds and ticks of
 * {@code cpuacct}, microseconds of {@code cpu.stat}, ticks of {@code /proc/PID/stat}.
 */
class HostFixturesTest {
    private static final String ORCHID = "6f9619ff-8b86-4011-b42d-00c04fc964f1";
    private static final String FERN = "6f9619ff-8b86-4011-b42d-00c04fc964f2";
    private static final String SHOP = "6f9619ff-8b86-4011-b42d-00c04fc964f3";
    private static final String FIRST = "0e4ab7c1-5d0f-4f7e-8a3b-000000000001";
    private static final String SECOND = "0e4ab7c1-5d0f-4f7e-8a3b-000000000002";
    private static final String MADE = "made of boot id, pid and start time";
    private static final Map<String, List<String>> EXPECTED = new TreeMap<>();

    static {
        captured();
        libvirt();
        proxmox();
        kubernetes();
        daemons();
        oddities();
    }

    @TempDir
    private Path directory;

    private static void captured() {
        host(
                "libvirt-v1",
                v1("orchid", ORCHID, 1, 4_650_092_991L, 6, 458),
                v1("fern, left", FERN, 2, 261_576_933L, 4, 21));
        host(
                "libvirt-v2",
                v2("orchid", ORCHID, 1, 4_622_933, 48_196, 4_574_737),
                v2("fern, left", FERN, 2, 241_948, 60_490, 181_458));
        // libvirt counts in cgroup v2 where both are mounted, and leaves cpuacct alone
        host(
                "libvirt-hybrid",
                v2("orchid", ORCHID, 1, 4_742_691, 60_909, 4_681_781),
                v2("fern, left", FERN, 2, 247_529, 88_746, 158_783));
        host(
                "libvirt-partition-v1",
                v1("orchid", ORCHID, 1, 5_329_278_695L, 8, 524),
                v1("fern, left", FERN, 2, 282_506_795L, 8, 20));
        host("libvirt-session", process("orchid", ORCHID, 1, 8, 20));
        host("plain-shared-v1", process("plain", MADE, 22, 1, 372));
        host("plain-service-v1", v1("qemu-21", MADE, 21, 3_948_235_291L, 1, 393));
        host("plain-service-v2", v2("shop", SHOP, 22, 3_780_960, 19_613, 3_761_346));
    }

    private static void libvirt() {
        host(
                "libvirt-systemd-v1",
                v1("web", FIRST, 3, 1_500_000_123L, 140, 10),
                v1("store, db.-1", SECOND, 12, 2_500_000_123L, 240, 10));
        host(
                "libvirt-systemd-v2",
                v2("web", FIRST, 3, 1_500_000, 1_400_000, 100_000),
                v2("store, db.-1", SECOND, 12, 2_500_000, 2_400_000, 100_000));
        host("libvirt-systemd-7.0", v1("web", FIRST, 3, 1_500_000_123L, 140, 10));
        host("libvirt-systemd-no-id", v1("web", FIRST, 3, 1_500_000_123L, 140, 10));
        host("libvirt-systemd-partition", v2("web", FIRST, 3, 1_500_000, 1_400_000, 100_000));
        host(
                "libvirt-embedded",
                v2("web", FIRST, 3, 1_500_000, 1_400_000, 100_000),
                v2("db", SECOND, 4, 2_500_000, 2_400_000, 100_000));
        host("libvirt-1.0.4", v1("web", FIRST, 3, 1_500_000_123L, 140, 10));
    }

    /** A VMID is no id of libvirt's: the id is the pid. */
    private static void proxmox() {
        host(
                "proxmox-v1",
                v1("web", FIRST, 2101, 1_500_000_123L, 140, 10),
                v1("db.example.com", SECOND, 2201, 2_500_000_123L, 240, 10));
        host(
                "proxmox-v2",
                v2("web", FIRST, 2101, 1_500_000, 1_400_000, 100_000),
                v2("db.example.com", SECOND, 2201, 2_500_000, 2_400_000, 100_000));
    }

    private static void kubernetes() {
        // the whole container, of which "housekeeping" is a part
        host("kubevirt-containerd-v2", v2("default_web", FIRST, 2101, 1_500_000, 1_400_000, 100_000));
        host("kubevirt-crio-v2", v2("default_web", FIRST, 2101, 1_500_000, 1_400_000, 100_000));
        host("kubevirt-cgroupfs-v1", v1("default_web", FIRST, 2101, 1_500_000_123L, 140, 10));
        host("pod-without-kubevirt", process("builder", FIRST, 2101, 130, 9));
        host(
                "kata",
                process("sandbox-" + "3f1c".repeat(16), FIRST, 2101, 130, 9),
                process("sandbox-" + "9d2e".repeat(16), SECOND, 2201, 230, 9));
    }

    private static void daemons() {
        host("incus", process("web", FIRST, 2101, 130, 9), process("db", SECOND, 2201, 230, 9));
        host("lxd-snap", process("web", FIRST, 2101, 130, 9), process("db", SECOND, 2201, 230, 9));
        host("multipass", process("qemu-2101", FIRST, 2101, 130, 9));
        host("opennebula", process("one-41", FIRST, 1, 130, 9), process("one-42", SECOND, 2, 230, 9));
        host("lima", process("lima-default", MADE, 2101, 130, 9));
        host("vmspawn", v2("qemu-2101", FIRST, 2101, 1_500_000, 1_400_000, 100_000));
        host("vmspawn-256", v2("qemu-2101", FIRST, 2101, 1_500_000, 1_400_000, 100_000));
    }

    private static void oddities() {
        host("renamed-process", v2("web", FIRST, 2101, 1_500_000, 1_400_000, 100_000));
        host("qemu-kvm-libexec", v2("web", FIRST, 2101, 1_500_000, 1_400_000, 100_000));
        host("deleted-program", v2("web", FIRST, 2101, 1_500_000, 1_400_000, 100_000));
        // its id can be read off the group's name, its times cannot be had there
        host("agent-container", process("web", FIRST, 3, 130, 9));
        host("agent-host-mount", v2("web", FIRST, 3, 1_500_000, 1_400_000, 100_000));
    }

    static Stream<String> hosts() {
        return EXPECTED.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void eachGuestOfAHostIsFoundNamedAndReadWhereItsTimeIsCounted(String host) throws IOException {
        assertEquals(String.join("\n", EXPECTED.get(host)), String.join("\n", guestsOf(host)), host);
    }

    @Test
    void eachRecordedHostHasItsExpectation() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/hosts"))) {
            TreeSet<String> recorded = new TreeSet<>();
            files.forEach(
                    file -> recorded.add(String.valueOf(file.getFileName()).replace(".host", "")));
            assertEquals(recorded, EXPECTED.keySet());
        }
    }

    @Test
    void theBuiltHostsAreWhatTheirProgramWrites() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process program = new ProcessBuilder(java.toString(), "src/test/hosts/BuildHosts.java", directory.toString())
                .inheritIO()
                .start();
        assertEquals(0, program.waitFor());
        try (Stream<Path> files = Files.list(directory)) {
            for (Path built : files.toList()) {
                Path kept = Path.of("src/test/resources/hosts").resolve(built.getFileName());
                assertEquals(Files.readString(built), Files.readString(kept), kept.toString());
            }
        }
    }

    private List<String> guestsOf(String host) throws IOException {
        List<String> guests = new ArrayList<>();
        try (RecordedHost recorded = RecordedHost.unpack(host, directory);
                Connection connection =
                        Drivers.none().with(new QemuCgroupDriver()).open(recorded.uri())) {
            for (Domain domain : connection.listDomains()) {
                guests.add(describe(domain));
            }
        }
        return guests;
    }

    private static String describe(Domain domain) {
        UUID uuid = domain.uuid();
        String who = who(domain.name(), uuid.version() == 3 ? MADE : uuid.toString(), domain.id());
        try {
            CpuStats stats = domain.cpuStats();
            CpuStats.Total total = stats.total();
            return who
                    + times(
                            total.origin().orElseThrow().source(),
                            total.cpuTimeNanos(),
                            total.userTimeNanos(),
                            total.systemTimeNanos(),
                            stats.hostCpus().cpus().size());
        } catch (HypervisorException failed) {
            return who + failed.code() + " " + failed.getMessage();
        }
    }

    private static void host(String name, String... guests) {
        EXPECTED.put(name, List.of(guests));
    }

    /** Each recorded host has two CPUs. */
    private static String v1(String name, String uuid, int id, long nanos, long userTicks, long systemTicks) {
        return who(name, uuid, id)
                + times("cpuacct.usage, cpuacct.stat", nanos, userTicks * 10_000_000, systemTicks * 10_000_000, 2);
    }

    private static String v2(String name, String uuid, int id, long micros, long userMicros, long systemMicros) {
        return who(name, uuid, id) + times("cpu.stat", micros * 1000, userMicros * 1000, systemMicros * 1000, 0);
    }

    private static String process(String name, String uuid, int id, long userTicks, long systemTicks) {
        long user = userTicks * 10_000_000;
        long system = systemTicks * 10_000_000;
        return who(name, uuid, id) + times("/proc/PID/stat", user + system, user, system, 0);
    }

    private static String who(String name, String uuid, int id) {
        return name + ", " + uuid + ", id " + id + ": ";
    }

    private static String times(String source, Object cpu, Object user, Object system, int cpus) {
        boolean process = source.startsWith("/proc/PID/stat") || source.startsWith("process CPU clock");
        return "cpu " + cpu + ", user " + user + ", system " + system + ", of " + cpus + " CPUs, from "
                + (process ? "the process" : source);
    }
}
