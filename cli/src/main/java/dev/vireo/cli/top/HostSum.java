package dev.vireo.cli.top;

import dev.vireo.Reading;
import dev.vireo.monitor.Denominator;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Rates;

/**
 * What all domains used together.
 *
 * @param percent the sum, of the same 100 % as each domain's; of vCPUs it is of those of all domains
 * @param without how many domains have no rate and are not in it
 */
record HostSum(Rate percent, int without) {
    static HostSum of(Rates rates, Denominator denominator) {
        double cores = 0;
        long vcpus = 0;
        int without = 0;
        for (DomainRates domain : rates.domains()) {
            Rate total = domain.total();
            Reading count = domain.sample().vcpuCount();
            if (total.isKnown() && (denominator != Denominator.VCPUS || count.isAvailable())) {
                cores += total.value();
                vcpus += count.isAvailable() ? count.value() : 0;
            } else {
                without++;
            }
        }
        boolean isKnown = without < rates.size() || rates.size() == 0;
        return new HostSum(
                isKnown ? percent(cores, vcpus, denominator, rates) : Rate.none("no domain has a rate yet"), without);
    }

    private static Rate percent(double cores, long vcpus, Denominator denominator, Rates rates) {
        Reading hostCpus = rates.later().hostCpuCount();
        return switch (denominator) {
            case ONE_CORE -> Rate.of(100 * cores);
            case VCPUS -> vcpus == 0 ? Rate.none("there are no vCPUs") : Rate.of(100 * cores / vcpus);
            case HOST ->
                hostCpus.isAvailable() && hostCpus.value() > 0
                        ? Rate.of(100 * cores / hostCpus.value())
                        : Rate.none(hostCpus.reason().orElse("the host has no CPU that is online"));
        };
    }
}
