package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.ErrorCode;
import dev.vireo.NodeInfo;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the native driver says of the host itself, beside what the host's own files and programs say. */
class ThisHostIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> NAMES = List.of("kernel", "user", "idle", "iowait");
    private static final int ALL = -1;

    @BeforeEach
    void needsTheSameAsRealGuests() {
        Requirements.realGuest();
    }

    /** Returns the ids of the CPUs that are online, and -1 for all of them. */
    static Stream<Integer> cpus() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            List<Integer> cpus = new ArrayList<>(List.of(ALL));
            lines.filter(line -> line.matches("cpu\\d+ .*"))
                    .forEach(line -> cpus.add(Integer.valueOf(line.substring(3, line.indexOf(' ')))));
            return cpus.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void theHostsTimesLieBetweenTwoReadingsOfProcStat(int cpu) throws IOException {
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            assertEquals(4, connection.getNodeCpuStats(cpu, null, 0, 0));
            TypedParameters params = TypedParameters.allocate(4);
            for (int i = 0; i < 20; i++) {
                List<Long> before = procStat(cpu);
                assertEquals(4, connection.getNodeCpuStats(cpu, params, 4, 0));
                List<Long> after = procStat(cpu);
                for (int j = 0; j < 4; j++) {
                    assertEquals(NAMES.get(j), params.name(j));
                    assertBetween(NAMES.get(j), before.get(j), params.unsignedLong(j), after.get(j));
                }
            }
        }
    }

    @Test
    void aCpuThatIsNotThereIsAnInvalidArgument() throws IOException {
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            int none = connection.getNodeCpuMap().size();
            TypedParameters params = TypedParameters.allocate(4);
            assertEquals(
                    ErrorCode.INVALID_ARG, ReadingLoop.errorOf(() -> connection.getNodeCpuStats(none, params, 4, 0)));
        }
    }

    @Test
    void theHostsMemoryAndArchitectureAreWhatTheSystemSays() throws IOException {
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            NodeInfo info = connection.getNodeInfo();
            assertEquals(output("uname", "-m").strip(), info.model());
            assertEquals(
                    number("MemTotal:\\s+(\\d+) kB", Files.readString(Path.of("/proc/meminfo"))),
                    info.memoryKib().value());
        }
    }

    @Test
    void theHostsTopologyIsWhatLscpuSays() throws IOException {
        List<List<String>> online = output("lscpu", "--parse=CPU,CORE,SOCKET,NODE")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(",", -1)))
                .toList();
        long cores = online.stream().map(cpu -> cpu.subList(1, 3)).distinct().count();
        long sockets = online.stream().map(cpu -> cpu.get(2)).distinct().count();
        long nodes = online.stream().map(cpu -> cpu.get(3)).distinct().count();
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            NodeInfo info = connection.getNodeInfo();
            assertEquals(online.size(), info.cpus());
            assertEquals(nodes, info.nodes().value());
            assertEquals(sockets, info.nodes().value() * info.socketsPerNode().value());
            assertEquals(cores, sockets * info.coresPerSocket().value());
            assertEquals(online.size(), cores * info.threadsPerCore().value());
        }
    }

    @Test
    void theVersionIsThatOfTheInstalledQemu() throws IOException {
        String printed = output("qemu-system-x86_64", "--version");
        Matcher version = Pattern.compile("version (\\d+\\.\\d+\\.\\d+)").matcher(printed);
        assertTrue(version.find(), printed);
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            assertEquals(version.group(1), connection.getVersion().toString());
        }
    }

    /** As libvirt does: time at low priority is user time, time of interrupts is the kernel's. */
    private static List<Long> procStat(int cpu) throws IOException {
        String label = cpu == ALL ? "cpu" : "cpu" + cpu;
        String line = Files.readAllLines(Path.of("/proc/stat")).stream()
                .filter(candidate -> candidate.startsWith(label + " "))
                .findFirst()
                .orElseThrow();
        List<Long> ticks =
                Stream.of(line.split(" +", -1)).skip(1).map(Long::valueOf).toList();
        long tick = 1_000_000_000L / Long.parseLong(output("getconf", "CLK_TCK").strip());
        List<Long> sums = List.of(
                ticks.get(2) + ticks.get(5) + ticks.get(6), ticks.get(0) + ticks.get(1), ticks.get(3), ticks.get(4));
        return IntStream.range(0, 4).mapToObj(i -> sums.get(i) * tick).toList();
    }

    private static long number(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }

    private static String output(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Programs.get(program)));
        command.addAll(List.of(arguments));
        return CommandRun.of(LIMIT, command).requireSuccess().out();
    }
}
