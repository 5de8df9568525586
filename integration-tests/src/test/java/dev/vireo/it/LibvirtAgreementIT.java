package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** virsh, the passthrough and the driver that needs no libvirt agree on the same guest. */
class LibvirtAgreementIT {
    private static final int ROUNDS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest paused;

    @BeforeAll
    static void startPausedGuest() throws IOException {
        vireo("--version");
        paused = SCENE.start(GuestSpec.of(GuestRom.SPINS));
        paused.suspend();
    }

    /** All counters only grow: if they never go back from one reader to the next, each reading lies between its neighbours. */
    @Test
    void eachReadingOfABusyGuestLiesBetweenThoseBeforeAndAfterIt() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.SPINS).withVcpus(2));
        try (Connection passthrough = SCENE.connect();
                Connection direct = Connection.open(RealGuestContract.URI)) {
            Domain throughLibvirt = passthrough.getDomainByName(guest.name());
            Domain withoutLibvirt = direct.getDomainByName(guest.name());
            Map<String, Long> first = PrintedStats.parse(guest.printedByVirsh());
            assertEquals(2 * HostCpus.ids() + 3, first.size());
            Map<String, Long> last = first;
            for (int i = 0; i < ROUNDS; i++) {
                last = assertNoneWentBack("the passthrough", last, figures(throughLibvirt.cpuStats()));
                last = assertNoneWentBack("the direct driver", last, figures(withoutLibvirt.cpuStats()));
                last = assertNoneWentBack("virsh", last, PrintedStats.parse(guest.printedByVirsh()));
            }
            assertTrue(last.get("Total/cpu_time") > first.get("Total/cpu_time"), "the guest spins");
        } finally {
            guest.destroy();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--total", "--start 1", "--count 1"})
    void allThreePrintTheSameBytesOfAPausedGuest(String options) throws IOException {
        AtomicReference<PrintedByAll> printed = new AtomicReference<>();
        // an emulator that stands still may use some µs yet: then it is read again
        Await.until("a paused guest uses nothing while it is read", LIMIT, () -> {
            printed.set(PrintedByAll.of(paused, options));
            return printed.get().virshBefore().equals(printed.get().virshAfter());
        });
        assertEquals(printed.get().virshBefore(), printed.get().throughLibvirt());
        assertEquals(printed.get().virshBefore(), printed.get().withoutLibvirt());
    }

    /** What the commands print of one guest, one after the other. */
    private record PrintedByAll(String virshBefore, String throughLibvirt, String withoutLibvirt, String virshAfter) {
        static PrintedByAll of(LibvirtGuest guest, String options) {
            String[] words = options.isEmpty() ? new String[0] : options.split(" ", -1);
            return new PrintedByAll(
                    guest.printedByVirsh(words),
                    printedByVireo(SCENE.daemon().uri(), guest, words),
                    printedByVireo(RealGuestContract.URI, guest, words),
                    guest.printedByVirsh(words));
        }

        private static String printedByVireo(String uri, LibvirtGuest guest, String... words) {
            String[] arguments = new String[words.length + 4];
            arguments[0] = "-c";
            arguments[1] = uri;
            arguments[2] = "cpu-stats";
            arguments[3] = guest.name();
            System.arraycopy(words, 0, arguments, 4, words.length);
            return vireo(arguments).requireSuccess().out();
        }
    }

    private static Map<String, Long> assertNoneWentBack(
            String reader, Map<String, Long> before, Map<String, Long> now) {
        assertEquals(before.keySet(), now.keySet(), reader);
        before.forEach((key, value) -> assertTrue(
                now.get(key) >= value,
                () -> reader + " tells " + now.get(key) + " for " + key + ", the one before it told " + value));
        return now;
    }

    /** Returns all figures with the keys of {@link PrintedStats}. */
    private static Map<String, Long> figures(CpuStats stats) {
        Map<String, Long> figures = new TreeMap<>();
        for (CpuStats.HostCpu cpu : stats.hostCpus().cpus()) {
            put(figures, "CPU" + cpu.cpu() + "/cpu_time", cpu.cpuTimeNanos());
            put(figures, "CPU" + cpu.cpu() + "/vcpu_time", cpu.vcpuTimeNanos());
        }
        put(figures, "Total/cpu_time", stats.total().cpuTimeNanos());
        put(figures, "Total/user_time", stats.total().userTimeNanos());
        put(figures, "Total/system_time", stats.total().systemTimeNanos());
        return figures;
    }

    private static void put(Map<String, Long> figures, String key, Reading reading) {
        figures.put(key, reading.value());
    }
}
