package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** virsh, the passthrough and the driver that needs no libvirt agree on how a guest is scheduled. */
class SchedulingIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> OURS = List.of("nr_periods", "nr_throttled", "throttled_time");

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest free;
    private static LibvirtGuest limited;

    @BeforeAll
    static void startGuests() throws IOException {
        Requirements.cpuController();
        vireo("--version");
        free = SCENE.start(GuestSpec.of(GuestRom.SPINS));
        limited = SCENE.start(GuestSpec.of(GuestRom.SPINS).withVcpus(2));
        tune("cpu_shares=512", "vcpu_period=20000", "vcpu_quota=5000", "emulator_period=50000", "emulator_quota=40000");
        tune("global_period=100000", "global_quota=150000");
    }

    @AfterAll
    static void endGuests() {
        free.destroy();
        limited.destroy();
    }

    private static void tune(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("schedinfo", limited.name(), "--live"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        SCENE.daemon().virsh(arguments.toArray(new String[0])).requireSuccess();
    }

    private static String printedByVirsh(String command, LibvirtGuest guest) {
        return SCENE.daemon().virsh(command, guest.name()).requireSuccess().out();
    }

    private static String printed(String uri, String command, LibvirtGuest guest) {
        return vireo("-c", uri, command, guest.name()).requireSuccess().out();
    }

    private static Map<String, String> parameters(String printed) {
        Map<String, String> parameters = new LinkedHashMap<>();
        printed.lines().filter(line -> line.contains(":")).forEach(line -> {
            String[] parts = line.split(" *: ", 2);
            parameters.put(parts[0], parts[1]);
        });
        return parameters;
    }

    private static long parameter(Domain domain, String name) {
        TypedParameters params = TypedParameters.allocate(Domain.MAX_SCHEDULER_PARAMETERS);
        int filled = domain.getSchedulerParameters(params, params.capacity(), Domain.AFFECT_LIVE);
        for (int i = 0; i < filled; i++) {
            if (params.name(i).equals(name)) {
                return params.unsignedLong(i);
            }
        }
        throw new AssertionError("no " + name + " in " + params);
    }

    @Test
    void thePassthroughPrintsTheLinesOfVirshButForTheSchedulersName() {
        for (LibvirtGuest guest : List.of(free, limited)) {
            String virsh = printedByVirsh("schedinfo", guest).strip();
            String uri = SCENE.daemon().uri();
            assertEquals(
                    virsh.substring(virsh.indexOf('\n') + 1),
                    printed(uri, "schedinfo", guest).strip());
        }
    }

    @Test
    void theDirectDriverHasTheSameNumbersWithoutThoseOfThreadsThatThereAreNot() {
        for (LibvirtGuest guest : List.of(free, limited)) {
            Map<String, String> virsh = parameters(printedByVirsh("schedinfo", guest));
            virsh.remove("Scheduler");
            // these guests have no I/O threads: libvirt shows the guest's own limit in their place
            assertEquals(virsh.get("global_period"), virsh.remove("iothread_period"));
            assertEquals(virsh.get("global_quota"), virsh.remove("iothread_quota"));
            Map<String, String> direct = parameters(printed(RealGuestContract.URI, "schedinfo", guest));
            assertTrue(direct.keySet().containsAll(OURS), direct::toString);
            direct.keySet().removeAll(OURS);
            assertEquals(virsh, direct);
            assertEquals(List.copyOf(virsh.keySet()), List.copyOf(direct.keySet()));
        }
    }

    @Test
    void aGuestThatIsHeldBackIsToldFromOneThatIsNot() throws IOException {
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            Domain held = connection.getDomainByName(limited.name());
            Domain running = connection.getDomainByName(free.name());
            long before = parameter(held, "throttled_time");
            long enough = before + Duration.ofMillis(200).toNanos();
            Await.until(
                    "a guest that may run a quarter of the time is held back",
                    LIMIT,
                    () -> parameter(held, "throttled_time") >= enough);
            assertTrue(parameter(held, "nr_throttled") > 0);
            assertTrue(parameter(held, "nr_periods") >= parameter(held, "nr_throttled"));
            assertEquals(0, parameter(running, "throttled_time"));
            assertEquals(0, parameter(running, "nr_throttled"));
        }
    }

    @Test
    void allThreePrintTheSamePins() {
        SCENE.daemon().virsh("vcpupin", limited.name(), "1", "0", "--live").requireSuccess();
        for (LibvirtGuest guest : List.of(free, limited)) {
            String virsh = printedByVirsh("vcpupin", guest);
            assertEquals(virsh, printed(SCENE.daemon().uri(), "vcpupin", guest));
            assertEquals(virsh, printed(RealGuestContract.URI, "vcpupin", guest));
        }
        assertTrue(printedByVirsh("vcpupin", limited).contains(" 1      0\n"), "it is pinned");
    }

    /** Pinned past libvirt, a thread may run where the kernel lets it, whatever libvirt believes. */
    @Test
    void theDirectDriverKnowsOfPinsThatLibvirtDidNotMake() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.SPINS));
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            Domain domain = connection.getDomainByName(guest.name());
            Pinning.pinProcess(guest.qemuPid(), 0);
            assertEquals(
                    "{0}",
                    domain.getVcpuPinInfo(Domain.AFFECT_LIVE).get(0).cpus().toString());
        } finally {
            guest.destroy();
        }
    }
}
