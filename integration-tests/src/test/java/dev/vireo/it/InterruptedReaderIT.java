package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that is interrupted while it reads: an interrupt closes the channels of the JDK, also those of others. */
class InterruptedReaderIT {
    /** Far shorter than for other waits, since there are so many. */
    private static final Duration BETWEEN_LOOKS = Duration.ofNanos(10_000);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Scene scene = new Scene();

    /** What the interrupted thread does. */
    enum Call {
        TOTALS(10_000) {
            @Override
            Consumer<Domain> call() {
                TypedParameters totals = TypedParameters.allocate(3);
                return domain -> domain.getCpuStats(totals, 3, -1, 1, 0);
            }
        },
        LOOK_UP(1_000) {
            @Override
            Consumer<Domain> call() {
                return domain -> domain.connection().getDomainByName(domain.name());
            }
        },
        VCPUS(10_000) {
            @Override
            Consumer<Domain> call() {
                VcpuTimes vcpus = VcpuTimes.allocate(1);
                return domain -> domain.getVcpus(vcpus);
            }
        },
        BULK(1_000) {
            @Override
            Consumer<Domain> call() {
                return domain -> Sweep.of(domain.connection(), EnumSet.allOf(StatsGroup.class))
                        .get(domain.name());
            }
        };

        private final int interrupts;

        /** A call that lists all processes of the host is interrupted less often, since it takes longer. */
        Call(int interrupts) {
            this.interrupts = interrupts;
        }

        abstract Consumer<Domain> call();
    }

    @ParameterizedTest
    @EnumSource
    void itsCallsSucceedItsInterruptsStayAndOtherReadersNoticeNothing(Call kind) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD, GuestSpec.of(GuestRom.IDLES));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            TypedParameters totals = TypedParameters.allocate(3);
            try (Victim victim = new Victim(kind.call(), domain)) {
                for (int sent = 1; sent <= kind.interrupts; sent++) {
                    victim.interrupt();
                    assertEquals(3, domain.getCpuStats(totals, 3, -1, 1, 0));
                    victim.awaitSeen(sent);
                }
            }
        }
    }

    /** A thread that makes the same call for ever, and after each looks whether it was interrupted. */
    private static final class Victim implements AutoCloseable {
        private final AtomicInteger seen = new AtomicInteger();
        private final Thread thread;
        private volatile boolean isClosed;
        private volatile Throwable failure;

        Victim(Consumer<Domain> call, Domain domain) {
            thread = new Thread(() -> run(call, domain), "interrupted reader");
            thread.setDaemon(true);
            thread.start();
        }

        /** Interrupts the thread, at whatever point of its call it is. */
        void interrupt() {
            thread.interrupt();
        }

        /** Returns when the thread has seen so many interrupts, each after a call that succeeded. */
        void awaitSeen(int count) {
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (seen.get() < count) {
                if (failure != null) {
                    throw new AssertionError("failed after " + seen + " interrupts", failure);
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("an interrupt was lost, after " + seen);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }

        private void run(Consumer<Domain> call, Domain domain) {
            try {
                while (!isClosed) {
                    call.accept(domain);
                    if (Thread.interrupted()) {
                        seen.incrementAndGet();
                    }
                }
            } catch (Throwable failed) {
                failure = failed;
            }
        }

        @Override
        public void close() throws IOException {
            isClosed = true;
            Await.until("the interrupted reader ends", LIMIT, () -> !thread.isAlive());
        }
    }
}
