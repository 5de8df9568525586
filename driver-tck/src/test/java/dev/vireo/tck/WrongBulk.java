package dev.vireo.tck;

import static dev.vireo.tck.Alterations.bulk;
import static dev.vireo.tck.Alterations.isOneThatRuns;
import static dev.vireo.tck.Alterations.withoutHostCpus;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.driver.test.TestDomain;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.Slot;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Mistakes in bulk reads. */
enum WrongBulk implements WrongDriver {
    READS_ALL_DOMAINS_FOR_A_LIST(
            "8.1",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.CONNECT_GET_ALL_DOMAIN_STATS,
                            right -> (domains, groups, out, flags) -> right.getAllDomainStats(
                                    isOneThatRuns(domains) ? null : domains, groups, out, flags))),
    READS_OTHER_NUMBERS_IN_BULK(
            "8.2",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulk(nanos -> nanos + 1_000_000_000, Statistic.CPU_TIME))),
    LEAVES_A_GROUP_OUT_IN_SILENCE(
            "8.3",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.CONNECT_GET_ALL_DOMAIN_STATS,
                            right -> (domains, groups, out, flags) ->
                                    right.getAllDomainStats(domains, groups, withoutHostCpus(out), flags))),
    READS_ALL_GROUPS(
            "8.1",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.CONNECT_GET_ALL_DOMAIN_STATS,
                            right -> (domains, groups, out, flags) ->
                                    right.getAllDomainStats(domains, Set.of(StatsGroup.values()), out, flags))),
    READS_CPU_USER_IN_MICROSECONDS_IN_BULK(
            "8.2",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulk(nanos -> nanos / 1_000, Statistic.CPU_USER))),
    READS_VCPU_TIME_IN_MICROSECONDS_IN_BULK(
            "8.2",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulk(nanos -> nanos / 1_000, Statistic.VCPU_TIME))),
    READS_HOST_CPU_TIME_IN_MICROSECONDS_IN_BULK(
            "8.2",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulk(nanos -> nanos / 1_000, Statistic.HOST_CPU_TIME))),
    TELLS_OF_WHAT_HAS_ENDED_IN_BULK(
            "8.4",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, right -> (domains, groups, out, flags) -> {
                        right.getAllDomainStats(domains, groups, out, flags);
                        for (DomainRef domain : domains == null ? List.<DomainRef>of() : domains) {
                            if (((TestDomain) domain).isEnded()) {
                                out.domain(domain, DomainState.SHUTOFF);
                            }
                        }
                    })),
    TELLS_ANOTHER_GENERATION_IN_BULK(
            "8.6",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(
                            Slot.CONNECT_GET_ALL_DOMAIN_STATS,
                            right -> (domains, groups, out, flags) -> right.getAllDomainStats(
                                    domains,
                                    groups,
                                    new AlteredVisitor(out) {
                                        @Override
                                        public void origin(StatsGroup group, CpuStatsOrigin origin) {
                                            super.origin(
                                                    group,
                                                    CpuStatsOrigin.from(origin.source())
                                                            .generation(origin.generation() + 1)
                                                            .build());
                                        }
                                    },
                                    flags))),
    SWALLOWS_WHAT_A_VISITOR_THROWS(
            "8.5",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, right -> (domains, groups, out, flags) -> {
                        try {
                            right.getAllDomainStats(domains, groups, out, flags);
                        } catch (RuntimeException swallowed) {
                            // the mistake
                        }
                    }));

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongBulk(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
