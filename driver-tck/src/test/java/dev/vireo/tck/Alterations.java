package dev.vireo.tck;

import dev.vireo.DomainEvent;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.NodeInfo;
import dev.vireo.ParameterType;
import dev.vireo.Statistic;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.test.TestDomain;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.ConnectGetAllDomainStats;
import dev.vireo.spi.DomainGetCpuStats;
import dev.vireo.spi.DomainGetSchedulerParameters;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What wrong drivers make of the right one. */
final class Alterations {
    /** What wrong drivers leave behind, to be closed by whoever ran one. */
    static final List<AutoCloseable> LEAKED = new ArrayList<>();

    private Alterations() {}

    static HypervisorException error(ErrorCode code, String detail) {
        return HypervisorException.of(code, "wrong", detail);
    }

    /** Alters what single calls tell: a bulk read, which would tell otherwise, is left out. */
    static Function<TestHypervisor, HypervisorDriver> cpuStats(UnaryOperator<DomainGetCpuStats> alteration) {
        return hypervisor ->
                new AlteredDriver(hypervisor).withCpuStats(alteration).without(Slot.CONNECT_GET_ALL_DOMAIN_STATS);
    }

    /** Alters one entry of the totals, or of each CPU. */
    static UnaryOperator<DomainGetCpuStats> altered(boolean totals, int entry, LongUnaryOperator alteration) {
        return right -> (domain, params, nparams, start, cpus, flags) -> {
            int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
            for (int cpu = 0; params != null && totals == start < 0 && cpu < cpus; cpu++) {
                int index = cpu * nparams + entry;
                if (entry < nparams && params.isSet(index)) {
                    params.setUnsignedLong(
                            index, params.name(index), alteration.applyAsLong(params.unsignedLong(index)));
                }
            }
            return filled;
        };
    }

    static LongUnaryOperator alternating() {
        AtomicLong calls = new AtomicLong();
        return nanos -> nanos - calls.getAndIncrement() % 2;
    }

    static Function<TestHypervisor, HypervisorDriver> scaled(LongUnaryOperator alteration) {
        return hypervisor -> new AlteredDriver(hypervisor)
                .withCpuStats(right -> {
                    DomainGetCpuStats altered = right;
                    for (int entry = 0; entry < 3; entry++) {
                        altered = altered(true, entry, alteration).apply(altered);
                        altered = altered(false, entry, alteration).apply(altered);
                    }
                    return altered;
                })
                .without(Slot.CONNECT_GET_ALL_DOMAIN_STATS)
                .without(Slot.DOMAIN_GET_INFO);
    }

    static UnaryOperator<ConnectGetAllDomainStats> bulk(LongUnaryOperator alteration, Statistic which) {
        return right -> (domains, groups, out, flags) -> right.getAllDomainStats(
                domains,
                groups,
                new AlteredVisitor(out) {
                    @Override
                    public void value(Statistic statistic, int index, long value) {
                        super.value(statistic, index, statistic == which ? alteration.applyAsLong(value) : value);
                    }
                },
                flags);
    }

    static DomainStatsVisitor withoutHostCpus(DomainStatsVisitor out) {
        return new AlteredVisitor(out) {
            @Override
            public void value(Statistic statistic, int index, long value) {
                if (statistic != Statistic.HOST_CPU_TIME) {
                    super.value(statistic, index, value);
                }
            }
        };
    }

    /** Alters what single calls tell of vCPUs: a bulk read, which would tell otherwise, is left out. */
    static Function<TestHypervisor, HypervisorDriver> vcpus(Consumer<List<VcpuRow>> alteration) {
        return hypervisor -> new AlteredDriver(hypervisor)
                .without(Slot.CONNECT_GET_ALL_DOMAIN_STATS)
                .with(Slot.DOMAIN_GET_VCPUS, right -> (domain, vcpus) -> {
                    VcpuTimes all = VcpuTimes.allocate(16);
                    right.getVcpus(domain, all);
                    List<VcpuRow> rows = VcpuRow.of(all);
                    alteration.accept(rows);
                    rows.forEach(row -> row.addTo(vcpus));
                });
    }

    static Function<TestHypervisor, HypervisorDriver> scheduler(
            UnaryOperator<DomainGetSchedulerParameters> alteration) {
        return hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, alteration);
    }

    static Function<TestHypervisor, HypervisorDriver> pins(UnaryOperator<List<VcpuPin>> alteration) {
        return hypervisor -> new AlteredDriver(hypervisor)
                .with(
                        Slot.DOMAIN_GET_VCPU_PIN_INFO,
                        right -> (domain, flags) -> alteration.apply(right.getVcpuPinInfo(domain, flags)));
    }

    static Function<TestHypervisor, HypervisorDriver> ended(ErrorCode code, String message) {
        return cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
            try {
                return right.getCpuStats(domain, params, nparams, start, cpus, flags);
            } catch (HypervisorException error) {
                throw error.code() == ErrorCode.NO_DOMAIN ? error(code, message) : error;
            }
        });
    }

    /** Two callers meet inside the call, so that one's array is filled twice, and the other's never. */
    static DomainGetCpuStats withAField(DomainGetCpuStats right) {
        Meeting meeting = new Meeting();
        return (domain, params, nparams, start, cpus, flags) -> {
            if (params == null) {
                return right.getCpuStats(domain, null, nparams, start, cpus, flags);
            }
            TypedParameters kept = meeting.keep(params);
            return right.getCpuStats(domain, kept, nparams, start, cpus, flags);
        };
    }

    /** Lets only some events through. */
    static Function<TestHypervisor, HypervisorDriver> events(Predicate<DomainEvent.Type> reported) {
        return hypervisor -> new AlteredDriver(hypervisor)
                .with(
                        Slot.CONNECT_DOMAIN_EVENT_REGISTER,
                        right -> sink -> right.register((domain, type) -> {
                            if (reported.test(type)) {
                                sink.event(domain, type);
                            }
                        }));
    }

    static void leakADescriptor() {
        try {
            LEAKED.add(Files.newInputStream(Path.of("/dev/null")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static NodeInfo info(NodeInfo right, int cpus) {
        return new NodeInfo(
                right.model(),
                right.memoryKib(),
                cpus,
                right.mhz(),
                right.nodes(),
                right.socketsPerNode(),
                right.coresPerSocket(),
                right.threadsPerCore());
    }

    static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells whether a bulk read is asked for one domain, which runs. */
    static boolean isOneThatRuns(List<? extends DomainRef> domains) {
        return domains != null && domains.size() == 1 && !((TestDomain) domains.get(0)).isEnded();
    }

    /** Tells whether a run has ended and the guest has not been started again. */
    static boolean isGoneForGood(TestHypervisor hypervisor, DomainRef domain) {
        return ((TestDomain) domain).isEnded()
                && hypervisor.domains().stream()
                        .noneMatch(other -> other.uuid().equals(domain.uuid()) && other.state() != DomainState.SHUTOFF);
    }

    /** Hands the entries on in another array, without their origin. */
    static UnaryOperator<DomainGetCpuStats> withoutOrigin(IntPredicate where) {
        return right -> {
            ThreadLocal<TypedParameters> own = ThreadLocal.withInitial(() -> TypedParameters.allocate(2048));
            return (domain, params, nparams, start, cpus, flags) -> {
                if (params == null || !where.test(start)) {
                    return right.getCpuStats(domain, params, nparams, start, cpus, flags);
                }
                TypedParameters copy = own.get();
                copy.clear(nparams * cpus);
                int filled = right.getCpuStats(domain, copy, nparams, start, cpus, flags);
                for (int i = 0; i < nparams * cpus; i++) {
                    if (copy.isSet(i)) {
                        params.set(i, copy.name(i), ParameterType.ULLONG, copy.unsignedLong(i));
                    }
                }
                return filled;
            };
        };
    }
}
