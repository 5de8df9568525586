package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Group 9: several threads at once. */
abstract class ThreadRules extends BulkRules {
    private static final int CALLERS = 8;
    private static final int CALLS = 200;
    private static final long LIMIT_SECONDS = 60;

    ThreadRules() {}

    @Test
    @Rule(
            value = "9.1",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "what calls share: fields of the session or the domain that one call writes and another one reads")
    public final void eightCallersGetTheirOwnAnswers() throws Exception {
        CountDownLatch together = new CountDownLatch(CALLERS);
        boolean tellsVcpus = tellsVcpus();
        all(CALLERS, caller -> {
            together.countDown();
            together.await();
            // what callers share shows where they ask for different things
            if (tellsVcpus && caller % 2 == 1) {
                readVcpusOfOne();
            } else {
                readTotalsOfOne();
            }
        });
    }

    private void readTotalsOfOne() throws Exception {
        TypedParameters params = TypedParameters.allocate(1);
        long before = 0;
        for (int call = 0; call < CALLS; call++) {
            Checks.same(1, domain().getCpuStats(params, 1, -1, 1, 0), "how many were filled");
            Checks.require(params.isSet(0), "a caller among " + CALLERS + " was not given his answer");
            Checks.same(CpuTable.CPU_TIME, params.name(0), "the first total");
            long now = params.unsignedLong(0);
            Checks.require(now >= before, "to one caller among " + CALLERS + " cpu_time went back");
            before = now;
        }
    }

    private void readVcpusOfOne() {
        VcpuTimes vcpus = VcpuTimes.allocate(vcpus().size());
        for (int call = 0; call < CALLS; call++) {
            int size = vcpus.size();
            domain().getVcpus(vcpus);
            Checks.require(size == 0 || vcpus.size() == size, "a caller among " + CALLERS + " got other vCPUs");
        }
    }

    @Test
    @Rule(
            value = "9.2",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "what close() frees: it runs once, when no call is under way, and needs no lock of the driver's")
    public final void whoCallsWhileAnotherOneClosesIsAnsweredOrToldSo() throws Exception {
        Connection closing = freshOpening().open();
        Domain seen = domainOf(closing);
        CountDownLatch begun = new CountDownLatch(CALLERS);
        all(CALLERS + 1, caller -> {
            if (caller == 0) {
                begun.await();
                closing.close();
            } else {
                callUntilClosed(seen, begun);
            }
        });
        Checks.require(!closing.isAlive(), "a closed connection is alive");
    }

    private static void callUntilClosed(Domain seen, CountDownLatch begun) {
        TypedParameters params = TypedParameters.allocate(1);
        boolean isFirst = true;
        while (true) {
            try {
                seen.getCpuStats(params, 1, -1, 1, 0);
            } catch (HypervisorException error) {
                Checks.require(
                        error.code() == ErrorCode.INVALID_CONN,
                        "a call beside close() failed with " + error.code() + ": " + error.getMessage());
                return;
            } finally {
                if (isFirst) {
                    begun.countDown();
                    isFirst = false;
                }
            }
        }
    }

    /** What one of the callers does. */
    private interface Caller {
        void run(int number) throws Exception;
    }

    private static void all(int callers, Caller caller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < callers; number++) {
                int own = number;
                running.add(threads.submit(() -> {
                    caller.run(own);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("one of " + callers + " threads: " + failed.getCause(), failed);
        } catch (TimeoutException stuck) {
            throw new AssertionError("callers have not come back in " + LIMIT_SECONDS + " s", stuck);
        } finally {
            threads.shutdownNow();
        }
    }
}
