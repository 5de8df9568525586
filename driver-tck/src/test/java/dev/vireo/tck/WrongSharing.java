package dev.vireo.tck;

import static dev.vireo.tck.Alterations.LEAKED;
import static dev.vireo.tck.Alterations.awaitQuietly;
import static dev.vireo.tck.Alterations.cpuStats;
import static dev.vireo.tck.Alterations.leakADescriptor;
import static dev.vireo.tck.Alterations.vcpus;

import dev.vireo.ConnectionUri;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Slot;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Mistakes in what is shared and left behind. */
enum WrongSharing implements WrongDriver {
    KEEPS_THE_CALLERS_ARRAY_IN_A_FIELD("9.1", cpuStats(Alterations::withAField)),
    LEAKS_A_DESCRIPTOR("10.1", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            leakADescriptor();
            return super.session(real);
        }
    }),
    LEAKS_WHEN_OPENING_FAILS("10.1", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            try {
                return super.open(uri, options);
            } catch (HypervisorException refused) {
                leakADescriptor();
                throw refused;
            }
        }
    }),
    LEAKS_A_THREAD("10.1", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            CountDownLatch end = new CountDownLatch(1);
            Thread leaked = new Thread(() -> awaitQuietly(end), "leaked");
            leaked.setDaemon(true);
            leaked.start();
            LEAKED.add(end::countDown);
            return super.session(real);
        }
    }),
    ALLOCATES_AT_EACH_READING("10.2", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        garbage = new byte[16];
        return right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    LEAKS_A_DESCRIPTOR_AT_EACH_READING_OF_VCPUS(
            "10.3",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_VCPUS, right -> (domain, vcpus) -> {
                leakADescriptor();
                right.getVcpus(domain, vcpus);
            }));

    private static volatile byte[] garbage = {};

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongSharing(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
