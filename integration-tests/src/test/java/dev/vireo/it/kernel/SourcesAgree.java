package dev.vireo.it.kernel;

import static dev.vireo.it.kernel.InsideKernel.require;
import static dev.vireo.it.kernel.KernelGroups.ROOT;
import static dev.vireo.it.kernel.KernelGroups.SLICE;
import static dev.vireo.it.kernel.LoadedGuest.GROUP;
import static dev.vireo.it.kernel.LoadedGuest.LOAD_MILLIS;
import static dev.vireo.it.kernel.LoadedGuest.MILLIS;
import static dev.vireo.it.kernel.LoadedGuest.TICKS;
import static dev.vireo.it.kernel.TimesTold.cpus;
import static dev.vireo.it.kernel.TimesTold.open;
import static dev.vireo.it.kernel.TimesTold.origin;
import static dev.vireo.it.kernel.TimesTold.source;
import static dev.vireo.it.kernel.TimesTold.sum;
import static dev.vireo.it.kernel.TimesTold.times;

import dev.vireo.Connection;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Each source tells as much time as the kernel charged the guest for, and on the CPU that gave it. */
final class SourcesAgree {
    private final LoadedGuest guest;
    private final boolean countsRealTime;

    SourcesAgree(LoadedGuest guest) {
        this.guest = guest;
        // the tracepoint tells of real-time threads since Linux 5.16
        countsRealTime = !System.getProperty("os.version").startsWith("5.10.");
    }

    void schedGroupAgrees() throws IOException {
        try (Connection connection = open("auto")) {
            Domain domain = connection.getDomainByName("web");
            require(source(domain).equals("sched-group"), cpus(domain).origin());
            for (String word : List.of("spin", "migrate", "pingpong", "fork")) {
                long before = LoadedGuest.total();
                long grown = sum(guest.growth(domain, word));
                long expected = LoadedGuest.total() - before;
                require(Math.abs(grown - expected) <= TICKS, word, grown, expected);
            }
            require(origin(domain).since() != CpuStatsOrigin.Since.ATTACHED, "attached");
        }
    }

    void schedGroupPutsTimeOnTheRightCpu() throws IOException {
        try (Connection connection = open("sched-group")) {
            Domain domain = connection.getDomainByName("web");
            for (int cpu = 0; cpu < 2; cpu++) {
                Map<Integer, Long> grown = guest.growth(domain, "pin" + cpu);
                require(grown.get(cpu) > LOAD_MILLIS * MILLIS * 9 / 10, grown);
                // the guest is told what to do on any CPU
                require(grown.get(1 - cpu) * 5 < grown.get(cpu), grown);
            }
        }
    }

    /** The guest may use CPU 0 alone, also while it is told what to do: none of its time is another CPU's. */
    void remoteWakeupsMoveNoTime() throws IOException {
        Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+cpuset");
        Files.writeString(SLICE.resolve("cgroup.subtree_control"), "+cpuset");
        Files.writeString(GROUP.resolve("cpuset.cpus"), "0");
        Process sleeper = new ProcessBuilder("/qemu-system-x86_64", "--sleeper").start();
        try (Connection connection = open("sched-group")) {
            sleeper.inputReader().readLine();
            Domain domain = connection.getDomainByName("web");
            guest.load("pin0");
            Map<Integer, Long> grown = guest.growth(domain, "pin0");
            require(grown.get(1) * 200 < grown.get(0), grown);
        } finally {
            sleeper.getOutputStream().close();
            Files.writeString(SLICE.resolve("cgroup.subtree_control"), "-cpuset");
            Files.writeString(ROOT.resolve("cgroup.subtree_control"), "-cpuset");
        }
    }

    void eventsAgree(String source) throws IOException {
        try (Connection connection = open(source)) {
            Domain domain = connection.getDomainByName("web");
            times(domain);
            for (String word : List.of("spin", "migrate", "pingpong", "fork")) {
                long before = LoadedGuest.total();
                long grown = sum(guest.growth(domain, word));
                long expected = LoadedGuest.total() - before;
                require(Math.abs(grown - expected) <= 1_000, word, grown, expected);
            }
        }
    }

    void perfCounts() throws IOException {
        try (Connection connection = open("perf")) {
            Domain domain = connection.getDomainByName("web");
            long grown = sum(guest.growth(domain, "pin1"));
            require(grown > LOAD_MILLIS * MILLIS * 8 / 10, grown);
        }
    }

    void realTimeThreadsAreNotMissed() throws IOException {
        try (Connection connection = open("auto")) {
            Domain domain = connection.getDomainByName("web");
            require(source(domain).equals("sched-group"), source(domain));
            guest.load("realtime");
            CpusComeAndGo.awaitANewLook();
            // the total is compared with the sum
            domain.getCpuStats(TypedParameters.allocate(3), 3, -1, 1, 0);
            String next = source(domain);
            require(next.equals("sched-events"), next);
            String reason = origin(domain).missing().get("sched-group");
            require(reason != null && reason.contains("cpu.stat"), String.valueOf(reason));
            if (countsRealTime) {
                long grown = sum(guest.growth(domain, "realtime"));
                require(grown >= LOAD_MILLIS * MILLIS, grown);
            } else {
                guest.load("realtime");
                domain.getCpuStats(TypedParameters.allocate(3), 3, -1, 1, 0);
                require(source(domain).equals("perf"), source(domain));
            }
        }
    }
}
