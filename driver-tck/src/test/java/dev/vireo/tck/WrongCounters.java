package dev.vireo.tck;

import static dev.vireo.tck.Alterations.altered;
import static dev.vireo.tck.Alterations.alternating;
import static dev.vireo.tck.Alterations.cpuStats;
import static dev.vireo.tck.Alterations.scaled;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.Slot;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Mistakes in counters. */
enum WrongCounters implements WrongDriver {
    ITS_TOTALS_GO_BACK("4.1", cpuStats(altered(true, 1, alternating()))),
    ITS_TIMES_PER_CPU_GO_BACK("4.2", cpuStats(altered(false, 1, alternating()))),
    TELLS_MICROSECONDS("4.3", scaled(nanos -> nanos / 1_000)),
    TELLS_TICKS("4.3", scaled(nanos -> nanos / 10_000_000)),
    TELLS_USER_TIME_IN_ANOTHER_UNIT("4.4", cpuStats(altered(true, 1, nanos -> nanos * 1_000))),
    ADDS_ANOTHER_DOMAINS_TIME_TO_THE_TOTAL(
            "4.5",
            hypervisor -> new AlteredDriver(hypervisor)
                    .withCpuStats(altered(true, 0, nanos -> nanos * 3 / 2))
                    .without(Slot.CONNECT_GET_ALL_DOMAIN_STATS)
                    .without(Slot.DOMAIN_GET_INFO)),
    TELLS_MORE_VCPU_TIME_THAN_TIME("4.6", cpuStats(altered(false, 1, nanos -> nanos * 3))),
    HAS_A_NEW_GENERATION_EACH_TIME("4.2", cpuStats(right -> {
        AtomicLong generation = new AtomicLong();
        return (domain, params, nparams, start, cpus, flags) -> {
            int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
            if (params != null && start >= 0) {
                params.setOrigin(CpuStatsOrigin.from("anew")
                        .generation(generation.getAndIncrement())
                        .build());
            }
            return filled;
        };
    })),
    TELLS_PARTS_OF_THE_TOTAL_IN_TICKS(
            "4.4",
            cpuStats(right -> altered(true, 2, nanos -> nanos / 10_000_000)
                    .apply(altered(true, 1, nanos -> nanos / 10_000_000).apply(right)))),
    TELLS_TIMES_PER_CPU_IN_MICROSECONDS(
            "4.5",
            cpuStats(right -> altered(false, 1, nanos -> nanos / 1_000)
                    .apply(altered(false, 0, nanos -> nanos / 1_000).apply(right)))),
    TELLS_VCPU_TIME_IN_MICROSECONDS("4.6", cpuStats(altered(false, 1, nanos -> nanos / 1_000))),
    ANSWERS_FOR_THE_FIRST_DOMAIN(
            "4.7",
            hypervisor -> cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> right.getCpuStats(
                            domain.name().equals("idle") ? hypervisor.domain("test") : domain,
                            params,
                            nparams,
                            start,
                            cpus,
                            flags))
                    .apply(hypervisor));

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongCounters(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
