package dev.vireo.it.kernel;

import static dev.vireo.it.kernel.InsideKernel.require;
import static dev.vireo.it.kernel.LoadedGuest.LOAD_MILLIS;
import static dev.vireo.it.kernel.LoadedGuest.MILLIS;
import static dev.vireo.it.kernel.TimesTold.open;
import static dev.vireo.it.kernel.TimesTold.times;

import dev.vireo.Connection;
import dev.vireo.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** CPUs that go and come back, and those that may come one day. */
final class CpusComeAndGo {
    private final LoadedGuest guest;

    CpusComeAndGo(LoadedGuest guest) {
        this.guest = guest;
    }

    void countsSurviveACpusAbsence() throws IOException {
        for (String source : List.of("sched-group", "sched-events", "perf")) {
            try (Connection connection = open(source)) {
                Domain domain = connection.getDomainByName("web");
                times(domain);
                guest.load("pin1");
                long before = times(domain).get(1);
                setOnline(false);
                awaitANewLook();
                long offline = times(domain).get(1);
                require(offline >= before, source, before, offline);
                setOnline(true);
                awaitANewLook();
                long grown = guest.growth(domain, "pin1").get(1);
                require(grown > LOAD_MILLIS * MILLIS * 8 / 10, source, "after it came back", grown);
            }
        }
    }

    static void thereIsRoomForAllPossibleCpus() throws IOException {
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

    private static void setOnline(boolean online) throws IOException {
        Files.writeString(Path.of("/sys/devices/system/cpu/cpu1/online"), online ? "1" : "0");
    }

    /** The driver looks once a second which CPUs are online. */
    static void awaitANewLook() {
        LockSupport.parkNanos(1_100 * MILLIS);
    }
}
