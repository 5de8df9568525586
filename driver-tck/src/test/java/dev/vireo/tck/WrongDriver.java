package dev.vireo.tck;

import dev.vireo.ConnectionUri;
import dev.vireo.DomainEvent;
import dev.vireo.DomainInfo;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.OpenOptions;
import dev.vireo.ParameterType;
import dev.vireo.Statistic;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.ConnectGetAllDomainStats;
import dev.vireo.spi.DomainGetCpuStats;
import dev.vireo.spi.DomainGetSchedulerParameters;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Mistakes that drivers make, and the rule that each breaks. */
enum WrongDriver {
    HAS_A_BLANK_NAME("1.1", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public String name() {
            return " ";
        }
    }),
    IGNORES_UNKNOWN_OPTIONS("1.2", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            return super.open(ConnectionUri.parse("test:///default"), options);
        }
    }),
    CLOSES_ALL_SESSIONS_WITH_ONE("1.3", hypervisor -> new AlteredDriver(hypervisor) {
        private final AtomicBoolean isClosed = new AtomicBoolean();

        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public boolean isAlive() {
                    return !isClosed.get();
                }

                @Override
                public void close() {
                    isClosed.set(true);
                    super.close();
                }
            };
        }
    }),
    LISTS_A_DOMAIN_TWICE("2.1", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public List<? extends DomainRef> listDomains() {
                    List<DomainRef> twice = new ArrayList<>(super.listDomains());
                    twice.addAll(super.listDomains());
                    return twice;
                }
            };
        }
    }),
    FINDS_ANOTHER_DOMAIN_FOR_AN_UNKNOWN_ID("2.3", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public DomainRef findById(int id) {
                    return id == Integer.MAX_VALUE ? super.listDomains().get(0) : super.findById(id);
                }
            };
        }
    }),
    FINDS_NO_DOMAIN_BY_ITS_ID("2.2", hypervisor -> new AlteredDriver(hypervisor) {
        @Override
        DriverSession session(DriverSession real) {
            return new AlteredSession(real) {
                @Override
                public DomainRef findById(int id) {
                    return null;
                }
            };
        }
    }),
    COUNTS_A_TOTAL_TOO_MANY(
            "3.1",
            cpuStats(right -> (domain, params, nparams, start, cpus, flags) ->
                    right.getCpuStats(domain, params, nparams, start, cpus, flags)
                            + (params == null && start < 0 ? 1 : 0))),
    CLEARS_MORE_THAN_ITS_OWN_ENTRIES("3.2", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params != null) {
            params.clear(params.capacity());
        }
        return right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    COUNTS_AN_ID_TOO_MANY("3.3", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int ids = right.getCpuStats(domain, null, 0, 0, 0, 0);
        if (params == null && start >= 0 && cpus == 0) {
            return ids + 1;
        }
        return params != null && start == ids ? 0 : right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    LOOKS_AT_THE_CPU_OF_A_QUESTION("3.4", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params == null && start >= right.getCpuStats(domain, null, 0, 0, 0, 0)) {
            throw error(ErrorCode.INVALID_ARG, "no such CPU");
        }
        return right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    IGNORES_THE_STRIDE("3.5", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params == null || start < 0 || nparams <= 2) {
            return right.getCpuStats(domain, params, nparams, start, cpus, flags);
        }
        return right.getCpuStats(domain, params, 2, start, cpus, flags);
    })),
    CLEARS_WHAT_IT_HAS_FILLED("3.5", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
        if (params != null && nparams > filled) {
            params.clear(start < 0 ? 0 : nparams * cpus);
        }
        return filled;
    })),
    IS_OFF_BY_ONE_CPU("3.6", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        boolean isOne = params != null && cpus == 1 && start > 0 && start < right.getCpuStats(domain, null, 0, 0, 0, 0);
        return right.getCpuStats(domain, params, nparams, isOne ? start - 1 : start, cpus, flags);
    })),
    FINDS_NOTHING_WRONG_PAST_THE_LAST_CPU(
            "3.7",
            cpuStats(right -> (domain, params, nparams, start, cpus, flags) ->
                    params != null && start >= right.getCpuStats(domain, null, 0, 0, 0, 0)
                            ? 0
                            : right.getCpuStats(domain, params, nparams, start, cpus, flags))),
    FILLS_ABSENT_CPUS_WITH_ZEROS("3.8", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
        int ids = right.getCpuStats(domain, null, 0, 0, 0, 0);
        for (int cpu = 0; params != null && start >= 0 && cpu < cpus && start + cpu < ids; cpu++) {
            if (!params.isSet(cpu * nparams)) {
                params.setUnsignedLong(cpu * nparams, CpuTable.CPU_TIME, 0);
            }
        }
        return filled;
    })),
    TELLS_EACH_TIME_AT_THE_NEXT_CPU("3.8", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int ids = right.getCpuStats(domain, null, 0, 0, 0, 0);
        if (params == null || start < 0 || start >= ids) {
            return right.getCpuStats(domain, params, nparams, start, cpus, flags);
        }
        TypedParameters all = TypedParameters.allocate(2 * ids);
        right.getCpuStats(domain, all, 2, 0, ids, flags);
        for (int c = 0; c < cpus && start + c < ids; c++) {
            int from = (start + c + ids - 1) % ids * 2;
            for (int i = 0; i < Math.min(2, nparams); i++) {
                if (all.isSet(from + i)) {
                    params.setUnsignedLong(c * nparams + i, all.name(from + i), all.unsignedLong(from + i));
                }
            }
        }
        return Math.min(2, nparams);
    })),
    SETS_NO_ORIGIN("3.9", cpuStats(right -> {
        ThreadLocal<TypedParameters> own = ThreadLocal.withInitial(() -> TypedParameters.allocate(2048));
        return (domain, params, nparams, start, cpus, flags) -> {
            if (params == null) {
                return right.getCpuStats(domain, null, nparams, start, cpus, flags);
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
    })),
    ITS_TOTALS_GO_BACK("4.1", cpuStats(altered(true, 1, alternating()))),
    ITS_TIMES_PER_CPU_GO_BACK("4.2", cpuStats(altered(false, 1, alternating()))),
    TELLS_MICROSECONDS("4.3", scaled(nanos -> nanos / 1_000)),
    TELLS_TICKS("4.3", scaled(nanos -> nanos / 10_000_000)),
    TELLS_USER_TIME_IN_ANOTHER_UNIT("4.4", cpuStats(altered(true, 1, nanos -> nanos * 1_000))),
    ADDS_ANOTHER_DOMAINS_TIME_TO_THE_TOTAL(
            "4.5",
            hypervisor -> new AlteredDriver(hypervisor)
                    .withCpuStats(altered(true, 0, nanos -> nanos * 3 / 2))
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulk(nanos -> nanos * 3 / 2, Statistic.CPU_TIME))),
    TELLS_MORE_VCPU_TIME_THAN_TIME("4.6", cpuStats(altered(false, 1, nanos -> nanos * 3))),
    NUMBERS_VCPUS_BACKWARDS("5.1", vcpus(false, false, 1)),
    LEAVES_A_COLUMN_OUT_IN_SILENCE("5.2", vcpus(true, true, 1)),
    TELLS_VCPUS_IN_MICROSECONDS("5.3", vcpus(true, false, 1_000)),
    COUNTS_FEWER_PARAMETERS_THAN_IT_FILLS("5.4", scheduler(right -> (domain, params, nparams, flags) -> {
        int answer = right.getSchedulerParameters(domain, params, nparams, flags);
        return params == null ? answer - 1 : answer;
    })),
    TELLS_QUOTAS_IN_NANOSECONDS_UNSIGNED("5.5", scheduler(right -> (domain, params, nparams, flags) -> {
        int answer = right.getSchedulerParameters(domain, params, nparams, flags);
        if (answer > 2 && params != null) {
            params.setUnsignedLong(2, params.name(2), params.signedLong(2) * 1_000);
        }
        return answer;
    })),
    PINS_VCPUS_BACKWARDS("5.6", pins(pins -> {
        List<VcpuPin> backwards = new ArrayList<>(pins);
        Collections.reverse(backwards);
        return backwards;
    })),
    PINS_BY_POSITION_AND_NOT_BY_ID("5.7", pins(pins -> {
        BitSet positions = new BitSet();
        positions.set(0, pins.get(0).cpus().cardinality());
        return pins.stream().map(pin -> new VcpuPin(pin.vcpu(), positions)).toList();
    })),
    COUNTS_ONE_CPU_OF_THE_HOST(
            "6.2",
            hypervisor ->
                    new AlteredDriver(hypervisor).with(Slot.NODE_GET_INFO, right -> () -> info(right.getInfo(), 1))),
    HAS_NO_CPU_ONLINE(
            "6.1",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.NODE_GET_CPU_MAP, right -> () -> {
                        NodeCpuMap map = right.getCpuMap();
                        BitSet present = new BitSet();
                        for (int cpu = 0; cpu < map.size(); cpu++) {
                            present.set(cpu, map.isPresent(cpu));
                        }
                        return NodeCpuMap.of(present, new BitSet());
                    })
                    .with(Slot.NODE_GET_INFO, right -> () -> info(right.getInfo(), 0))),
    KNOWS_EVERY_CPU_OF_THE_HOST(
            "6.3",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.NODE_GET_CPU_STATS,
                            right -> (cpu, params, nparams, flags) ->
                                    right.getCpuStats(cpu > 1000 ? 0 : cpu, params, nparams, flags))),
    FAILS_TO_TELL_ITS_VERSION(
            "6.5",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.CONNECT_GET_VERSION, right -> () -> {
                throw new IllegalStateException("no version");
            })),
    DECLARES_AN_OPERATION_THAT_FAILS(
            "6.4",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.CONNECT_GET_HOSTNAME, right -> () -> {
                throw error(ErrorCode.NO_SUPPORT, "not yet");
            })),
    STARTS_NO_ACCOUNTING(
            "6.6",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.CONNECT_START_CPU_ACCOUNTING, right -> () -> {})),
    TELLS_NO_PAUSE(
            "7.2",
            hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_INFO, right -> domain -> {
                DomainInfo info = right.getInfo(domain);
                return new DomainInfo(
                        DomainState.RUNNING, info.maxMemoryKib(), info.memoryKib(), info.vcpus(), info.cpuTimeNanos());
            })),
    HAS_THE_WRONG_CODE_FOR_AN_END("7.3", ended(ErrorCode.OPERATION_INVALID, "domain 'test' has ended")),
    DOES_NOT_NAME_THE_DOMAIN("7.3", ended(ErrorCode.NO_DOMAIN, "it has ended")),
    DESTROYS_NOTHING(
            "7.6", hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_DESTROY, right -> domain -> {})),
    REPORTS_NO_ENDS("7.4", events(event -> event != DomainEvent.Type.STOPPED)),
    REPORTS_NO_RESUMING("7.5", events(event -> event != DomainEvent.Type.RESUMED)),
    READS_ALL_DOMAINS_FOR_A_LIST(
            "8.1",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.CONNECT_GET_ALL_DOMAIN_STATS,
                            right -> (domains, groups, out, flags) ->
                                    right.getAllDomainStats(null, groups, out, flags))),
    READS_OTHER_NUMBERS_IN_BULK(
            "8.2",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulk(nanos -> nanos + 1_000_000, Statistic.CPU_TIME))),
    LEAVES_A_GROUP_OUT_IN_SILENCE(
            "8.3",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.CONNECT_GET_ALL_DOMAIN_STATS,
                            right -> (domains, groups, out, flags) ->
                                    right.getAllDomainStats(domains, groups, withoutHostCpus(out), flags))),
    KEEPS_THE_CALLERS_ARRAY_IN_A_FIELD("9.1", cpuStats(WrongDriver::withAField)),
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
    }));

    /** What wrong drivers leave behind, to be closed by whoever ran one. */
    static final List<AutoCloseable> LEAKED = new ArrayList<>();

    private static volatile byte[] garbage = {};

    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Function<TestHypervisor, HypervisorDriver> maker;

    WrongDriver(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        this.rule = rule;
        this.maker = maker;
    }

    /** Returns the one rule that it breaks. */
    String rule() {
        return rule;
    }

    HypervisorDriver over(TestHypervisor hypervisor) {
        return maker.apply(hypervisor);
    }

    private static HypervisorException error(ErrorCode code, String detail) {
        return HypervisorException.of(code, "wrong", detail);
    }

    private static Function<TestHypervisor, HypervisorDriver> cpuStats(UnaryOperator<DomainGetCpuStats> alteration) {
        return hypervisor -> new AlteredDriver(hypervisor).withCpuStats(alteration);
    }

    /** Alters one entry of the totals, or of each CPU. */
    private static UnaryOperator<DomainGetCpuStats> altered(boolean totals, int entry, LongUnaryOperator alteration) {
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

    private static LongUnaryOperator alternating() {
        AtomicLong calls = new AtomicLong();
        return nanos -> nanos - calls.getAndIncrement() % 2;
    }

    private static Function<TestHypervisor, HypervisorDriver> scaled(LongUnaryOperator alteration) {
        return hypervisor -> new AlteredDriver(hypervisor)
                .withCpuStats(right -> {
                    DomainGetCpuStats altered = right;
                    for (int entry = 0; entry < 3; entry++) {
                        altered = altered(true, entry, alteration).apply(altered);
                        altered = altered(false, entry, alteration).apply(altered);
                    }
                    return altered;
                })
                .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulk(alteration, Statistic.CPU_TIME));
    }

    private static UnaryOperator<ConnectGetAllDomainStats> bulk(LongUnaryOperator alteration, Statistic which) {
        return right -> (domains, groups, out, flags) -> right.getAllDomainStats(
                domains, groups, new ScaledVisitor(out, statistic -> statistic == which, alteration), flags);
    }

    private static DomainStatsVisitor withoutHostCpus(DomainStatsVisitor out) {
        return new DomainStatsVisitor() {
            @Override
            public void domain(DomainRef domain, DomainState state) {
                out.domain(domain, state);
            }

            @Override
            public void value(Statistic statistic, int index, long value) {
                if (statistic != Statistic.HOST_CPU_TIME) {
                    out.value(statistic, index, value);
                }
            }

            @Override
            public void unavailable(Statistic statistic, int index, String reason) {
                out.unavailable(statistic, index, reason);
            }
        };
    }

    /** Fills the vCPUs anew from what the right driver says. */
    private static Function<TestHypervisor, HypervisorDriver> vcpus(
            boolean ascending, boolean withoutDelay, long divisor) {
        return hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_VCPUS, right -> (domain, vcpus) -> {
            VcpuTimes all = VcpuTimes.allocate(16);
            right.getVcpus(domain, all);
            for (int i = 0; i < all.size(); i++) {
                int from = ascending ? i : all.size() - 1 - i;
                int row = vcpus.add(all.number(from), all.state(from));
                vcpus.setCpu(row, all.cpu(from));
                vcpus.setRunTimeNanos(row, all.runTimeNanos(from) / divisor);
                if (!withoutDelay) {
                    vcpus.setDelayNanos(row, all.delayNanos(from));
                }
            }
        });
    }

    private static Function<TestHypervisor, HypervisorDriver> scheduler(
            UnaryOperator<DomainGetSchedulerParameters> alteration) {
        return hypervisor -> new AlteredDriver(hypervisor).with(Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, alteration);
    }

    private static Function<TestHypervisor, HypervisorDriver> pins(UnaryOperator<List<VcpuPin>> alteration) {
        return hypervisor -> new AlteredDriver(hypervisor)
                .with(
                        Slot.DOMAIN_GET_VCPU_PIN_INFO,
                        right -> (domain, flags) -> alteration.apply(right.getVcpuPinInfo(domain, flags)));
    }

    private static Function<TestHypervisor, HypervisorDriver> ended(ErrorCode code, String message) {
        return cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
            try {
                return right.getCpuStats(domain, params, nparams, start, cpus, flags);
            } catch (HypervisorException error) {
                throw error.code() == ErrorCode.NO_DOMAIN ? error(code, message) : error;
            }
        });
    }

    /** Two callers meet inside the call, so that one's array is filled twice, and the other's never. */
    private static DomainGetCpuStats withAField(DomainGetCpuStats right) {
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
    private static Function<TestHypervisor, HypervisorDriver> events(Predicate<DomainEvent.Type> reported) {
        return hypervisor -> new AlteredDriver(hypervisor)
                .with(
                        Slot.CONNECT_DOMAIN_EVENT_REGISTER,
                        right -> sink -> right.register((domain, type) -> {
                            if (reported.test(type)) {
                                sink.event(domain, type);
                            }
                        }));
    }

    private static void leakADescriptor() {
        try {
            LEAKED.add(Files.newInputStream(Path.of("/dev/null")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static NodeInfo info(NodeInfo right, int cpus) {
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

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
