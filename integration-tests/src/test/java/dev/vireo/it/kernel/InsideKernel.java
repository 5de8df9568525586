package dev.vireo.it.kernel;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What is tried inside a kernel that was booted for it: the program that its first process runs. It prints a line for each
 * check, {@code CHECK NAME passed} or {@code CHECK NAME failed: REASON}, and in the end {@code CHECKED}.
 *
 * <p>The guest is {@code load.c} in a group of libvirt's layout, with the cpu controller on.
 */
public final class InsideKernel {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final Path SLICE = ROOT.resolve("machine.slice");
    private static final Path GROUP = SLICE.resolve("qemu-1-web.libvirt-qemu");
    private static final long MILLIS = 1_000_000;
    private static final int LOAD_MILLIS = 300;
    /** One tick of a kernel with HZ=100, on each of two CPUs. */
    private static final long TICKS = 20 * MILLIS;

    private interface Check {
        void run() throws Exception;
    }

    private final Process guest;
    private final Writer orders;
    private final BufferedReader answers;
    private final boolean countsRealTime;

    private InsideKernel() throws IOException {
        Files.createDirectories(GROUP);
        switchController(true);
        guest = new ProcessBuilder(List.of("/qemu-system-x86_64", "-name", "web"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = guest.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(guest.getInputStream(), StandardCharsets.UTF_8));
        answers.readLine();
        Files.writeString(GROUP.resolve("cgroup.procs"), Long.toString(guest.pid()));
        // the tracepoint tells of real-time threads since Linux 5.16
        countsRealTime = !System.getProperty("os.version").startsWith("5.10.");
    }

    public static void main(String[] arguments) throws IOException {
        InsideKernel kernel = new InsideKernel();
        kernel.check("sched-group", kernel::schedGroupAgrees);
        kernel.check("sched-group-on-the-right-cpu", kernel::schedGroupPutsTimeOnTheRightCpu);
        kernel.check("sched-group-and-remote-wakeups", kernel::remoteWakeupsMoveNoTime);
        kernel.check("sched-events", () -> kernel.eventsAgree("sched-events"));
        kernel.check("perf", kernel::perfCounts);
        kernel.check("hotplug", kernel::countsSurviveACpusAbsence);
        kernel.check("possible-cpus", InsideKernel::thereIsRoomForAllPossibleCpus);
        kernel.check("many-groups", InsideKernel::manyGroupsAreReadAndLeftAlone);
        kernel.check("gone-guests", InsideKernel::theGroupsOfEndedGuestsGo);
        kernel.check("privileges", kernel::aUserCountsWhatHeMay);
        kernel.check("real-time", kernel::realTimeThreadsAreNotMissed);
        kernel.check("controller-off-and-on", kernel::aControllerSwitchedOffAndOnIsAnotherGeneration);
        kernel.check("young-guest", InsideKernel::aYoungGuestsControllerIsYoungerAllTheSame);
        // the last one, since a group with controllers below it keeps its own
        kernel.check("vcpu-groups", kernel::vcpusAreToldByTheirGroups);
        kernel.guest.destroyForcibly();
        System.out.println("CHECKED");
    }

    private void check(String name, Check check) {
        try {
            check.run();
            System.out.println("CHECK " + name + " passed");
        } catch (Exception | AssertionError failed) {
            System.out.println("CHECK " + name + " failed: " + failed);
        }
    }

    static void require(boolean condition, Object... what) {
        if (!condition) {
            throw new AssertionError(List.of(what).toString());
        }
    }

    private void load(String word) throws IOException {
        orders.write(word + " " + LOAD_MILLIS + "\n");
        orders.flush();
        answers.readLine();
        awaitIdle();
    }

    /** The guest goes on for a moment after its answer. */
    private static void awaitIdle() throws IOException {
        long before = -1;
        for (long now = total(); now != before; now = total()) {
            before = now;
            LockSupport.parkNanos(10 * MILLIS);
        }
    }

    private static Connection open(String source) {
        return Connection.open("qemu+cgroup:///system?percpu=" + source);
    }

    private static CpuStats.HostCpus cpus(Domain domain) {
        CpuStats.HostCpus cpus = domain.cpuStats().hostCpus();
        require(cpus.isAvailable(), String.valueOf(cpus.unavailable()));
        return cpus;
    }

    private static String source(Domain domain) {
        return cpus(domain).origin().orElseThrow().source();
    }

    private static Map<Integer, Long> times(Domain domain) {
        Map<Integer, Long> times = new TreeMap<>();
        cpus(domain)
                .cpus()
                .forEach(cpu -> times.put(cpu.cpu(), cpu.cpuTimeNanos().value()));
        return times;
    }

    /** How much more on each CPU after a load. */
    private Map<Integer, Long> growth(Domain domain, String word) throws IOException {
        Map<Integer, Long> before = times(domain);
        load(word);
        Map<Integer, Long> after = times(domain);
        before.forEach((cpu, nanos) -> after.merge(cpu, -nanos, Long::sum));
        return after;
    }

    private static long sum(Map<Integer, Long> times) {
        return times.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long total() throws IOException {
        return total(GROUP);
    }

    private static long total(Path group) throws IOException {
        return number(group.resolve("cpu.stat"), "usage_usec ") * 1_000;
    }

    private static long number(Path file, String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.substring(key.length())))
                .findFirst()
                .orElseThrow();
    }

    private void schedGroupAgrees() throws IOException {
        try (Connection connection = open("auto")) {
            Domain domain = connection.getDomainByName("web");
            require(source(domain).equals("sched-group"), cpus(domain).origin());
            for (String word : List.of("spin", "migrate", "pingpong", "fork")) {
                long before = total();
                long grown = sum(growth(domain, word));
                long expected = total() - before;
                require(Math.abs(grown - expected) <= TICKS, word, grown, expected);
            }
            require(cpus(domain).origin().orElseThrow().since() != CpuStatsOrigin.Since.ATTACHED, "attached");
        }
    }

    private void schedGroupPutsTimeOnTheRightCpu() throws IOException {
        try (Connection connection = open("sched-group")) {
            Domain domain = connection.getDomainByName("web");
            for (int cpu = 0; cpu < 2; cpu++) {
                Map<Integer, Long> grown = growth(domain, "pin" + cpu);
                require(grown.get(cpu) > LOAD_MILLIS * MILLIS * 9 / 10, grown);
                // the guest is told what to do on any CPU
                require(grown.get(1 - cpu) * 5 < grown.get(cpu), grown);
            }
        }
    }

    /** The guest may use CPU 0 alone, also while it is told what to do: none of its time is another CPU's. */
    private void remoteWakeupsMoveNoTime() throws IOException {
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+cpuset");
        Files.writeString(SLICE.resolve("cgroup.subtree_control"), "+cpuset");
        Files.writeString(GROUP.resolve("cpuset.cpus"), "0");
        Process sleeper = new ProcessBuilder("/qemu-system-x86_64", "--sleeper").start();
        try (Connection connection = open("sched-group")) {
            sleeper.inputReader().readLine();
            Domain domain = connection.getDomainByName("web");
            load("pin0");
            Map<Integer, Long> grown = growth(domain, "pin0");
            require(grown.get(1) * 200 < grown.get(0), grown);
        } finally {
            sleeper.getOutputStream().close();
            Files.writeString(SLICE.resolve("cgroup.subtree_control"), "-cpuset");
            Files.writeString(ROOT.resolve("cgroup.subtree_control"), "-cpuset");
        }
    }

    private void eventsAgree(String source) throws IOException {
        try (Connection connection = open(source)) {
            Domain domain = connection.getDomainByName("web");
            times(domain);
            for (String word : List.of("spin", "migrate", "pingpong", "fork")) {
                long before = total();
                long grown = sum(growth(domain, word));
                long expected = total() - before;
                require(Math.abs(grown - expected) <= 1_000, word, grown, expected);
            }
        }
    }

    private void perfCounts() throws IOException {
        try (Connection connection = open("perf")) {
            Domain domain = connection.getDomainByName("web");
            long grown = sum(growth(domain, "pin1"));
            require(grown > LOAD_MILLIS * MILLIS * 8 / 10, grown);
        }
    }

    private void countsSurviveACpusAbsence() throws IOException {
        for (String source : List.of("sched-group", "sched-events", "perf")) {
            try (Connection connection = open(source)) {
                Domain domain = connection.getDomainByName("web");
                times(domain);
                load("pin1");
                long before = times(domain).get(1);
                setOnline(false);
                awaitANewLook();
                long offline = times(domain).get(1);
                require(offline >= before, source, before, offline);
                setOnline(true);
                awaitANewLook();
                long grown = growth(domain, "pin1").get(1);
                require(grown > LOAD_MILLIS * MILLIS * 8 / 10, source, "after it came back", grown);
            }
        }
    }

    private void aUserCountsWhatHeMay() throws IOException {
        Privileges.Load load = () -> {
            long before = total();
            load("spin");
            return total() - before;
        };
        new Privileges(load, TICKS).check();
    }

    private static void setOnline(boolean online) throws IOException {
        Files.writeString(Path.of("/sys/devices/system/cpu/cpu1/online"), online ? "1" : "0");
    }

    /** The driver looks once a second which CPUs are online. */
    private static void awaitANewLook() {
        LockSupport.parkNanos(1_100 * MILLIS);
    }

    private void realTimeThreadsAreNotMissed() throws IOException {
        try (Connection connection = open("auto")) {
            Domain domain = connection.getDomainByName("web");
            require(source(domain).equals("sched-group"), source(domain));
            load("realtime");
            awaitANewLook();
            // the total is compared with the sum
            domain.getCpuStats(TypedParameters.allocate(3), 3, -1, 1, 0);
            String next = source(domain);
            require(next.equals("sched-events"), next);
            String reason = cpus(domain).origin().orElseThrow().missing().get("sched-group");
            require(reason != null && reason.contains("cpu.stat"), String.valueOf(reason));
            if (countsRealTime) {
                long grown = sum(growth(domain, "realtime"));
                require(grown >= LOAD_MILLIS * MILLIS, grown);
            } else {
                load("realtime");
                domain.getCpuStats(TypedParameters.allocate(3), 3, -1, 1, 0);
                require(source(domain).equals("perf"), source(domain));
            }
        }
    }

    private void aControllerSwitchedOffAndOnIsAnotherGeneration() throws IOException {
        try (Connection connection = open("sched-group")) {
            Domain domain = connection.getDomainByName("web");
            long generation = cpus(domain).origin().orElseThrow().generation();
            switchController(false);
            switchController(true);
            CpuStatsOrigin origin = cpus(domain).origin().orElseThrow();
            require(origin.generation() != generation, origin);
            require(origin.since() == CpuStatsOrigin.Since.CONTROLLER_CREATED, origin);
        }
    }

    /** So little time is missing in the sum that it does not show there. */
    private static void aYoungGuestsControllerIsYoungerAllTheSame() throws IOException, InterruptedException {
        Path group = SLICE.resolve("qemu-7-young.libvirt-qemu");
        try (Connection connection = open("sched-group")) {
            readAndEnd(connection, "young", group, domain -> {
                long generation = cpus(domain).origin().orElseThrow().generation();
                switchController(false);
                switchController(true);
                CpuStatsOrigin origin = cpus(domain).origin().orElseThrow();
                require(origin.generation() != generation, origin);
                require(origin.since() == CpuStatsOrigin.Since.CONTROLLER_CREATED, origin);
            });
        }
    }

    private static void thereIsRoomForAllPossibleCpus() throws IOException {
        String possible = Files.readString(Path.of("/sys/devices/system/cpu/possible"));
        // Linux 6.9 and newer leave out CPUs that this machine says may come
        boolean takesThem = System.getProperty("os.version").matches("(5\\.10|6\\.1)\\..*");
        require(!takesThem || possible.strip().equals("0-63"), possible.strip());
        for (String source : List.of("sched-group", "sched-events", "perf")) {
            try (Connection connection = open(source)) {
                Map<Integer, Long> times = times(connection.getDomainByName("web"));
                require(times.keySet().equals(Set.of(0, 1)), source, times);
            }
        }
    }

    private static void manyGroupsAreReadAndLeftAlone() throws Exception {
        String possible =
                Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
        int cpus = 1 + Integer.parseInt(possible.substring(possible.lastIndexOf('-') + 1));
        ManyGroups.check(ROOT, SLICE, cpus);
        awaitDyingGroups(0);
    }

    private static void awaitDyingGroups(long most) throws IOException {
        long deadline = System.nanoTime() + 60_000 * MILLIS;
        while (number(ROOT.resolve("cgroup.stat"), "nr_dying_descendants ") > most) {
            require(System.nanoTime() < deadline, "groups that were removed are still there");
            LockSupport.parkNanos(50 * MILLIS);
        }
    }

    /** A slot holds on to its control group; it is given back when somebody looks which guests there are. */
    private static void theGroupsOfEndedGuestsGo() throws IOException, InterruptedException {
        long before = number(ROOT.resolve("cgroup.stat"), "nr_dying_descendants ");
        try (Connection connection = open("sched-group")) {
            for (int i = 2; i < 6; i++) {
                readAndEnd(
                        connection,
                        "gone" + i,
                        SLICE.resolve("qemu-" + i + "-gone" + i + ".libvirt-qemu"),
                        domain -> require(source(domain).equals("sched-group"), domain));
            }
            connection.listDomains();
            awaitDyingGroups(before);
        }
    }

    private interface Reading {
        void of(Domain domain) throws IOException;
    }

    private static void readAndEnd(Connection connection, String name, Path group, Reading reading)
            throws IOException, InterruptedException {
        Files.createDirectory(group);
        Process gone = new ProcessBuilder(List.of("/qemu-system-x86_64", "-name", name)).start();
        try {
            gone.inputReader().readLine();
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(gone.pid()));
            reading.of(awaitDomain(connection, name));
        } finally {
            gone.destroyForcibly().waitFor();
        }
        Files.delete(group);
    }

    /** A guest that has just been moved is shown when its place has settled. */
    private static Domain awaitDomain(Connection connection, String name) {
        long deadline = System.nanoTime() + 60_000 * MILLIS;
        while (true) {
            for (Domain domain : connection.listDomains()) {
                if (domain.name().equals(name)) {
                    return domain;
                }
            }
            require(System.nanoTime() < deadline, name, "is not found");
            LockSupport.parkNanos(50 * MILLIS);
        }
    }

    private void vcpusAreToldByTheirGroups() throws IOException {
        Path vcpu = Files.createDirectory(GROUP.resolve("vcpu0"));
        Files.writeString(vcpu.resolve("cgroup.type"), "threaded");
        Files.writeString(GROUP.resolve("cgroup.subtree_control"), "+cpu");
        Files.writeString(vcpu.resolve("cgroup.threads"), Long.toString(guest.pid()));
        for (String source : List.of("sched-group", "sched-events", "perf")) {
            try (Connection connection = open(source)) {
                vcpusAgree(connection.getDomainByName("web"), vcpu, source);
            }
        }
    }

    private void vcpusAgree(Domain domain, Path vcpu, String source) throws IOException {
        long begun = vcpuTime(domain);
        long total = total(vcpu);
        load("pin1");
        long grown = vcpuTime(domain) - begun;
        long expected = total(vcpu) - total;
        if (source.equals("perf")) {
            require(grown > LOAD_MILLIS * MILLIS * 8 / 10, source, grown);
        } else {
            require(Math.abs(grown - expected) <= TICKS, source, grown, expected);
        }
    }

    /** Returns the vCPUs' time on all CPUs, none of which may have given them more than the guest. */
    private static long vcpuTime(Domain domain) {
        long sum = 0;
        for (CpuStats.HostCpu cpu : cpus(domain).cpus()) {
            require(cpu.vcpuTimeNanos().isAvailable(), cpu);
            require(cpu.vcpuTimeNanos().value() <= cpu.cpuTimeNanos().value(), cpu);
            sum += cpu.vcpuTimeNanos().value();
        }
        return sum;
    }

    private static void switchController(boolean on) throws IOException {
        Files.writeString(SLICE.resolve("cgroup.subtree_control"), on ? "" : "-cpu");
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), on ? "+cpu" : "");
        Files.writeString(SLICE.resolve("cgroup.subtree_control"), on ? "+cpu" : "");
    }
}
