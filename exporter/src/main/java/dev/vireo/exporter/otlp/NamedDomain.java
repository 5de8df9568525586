package dev.vireo.exporter.otlp;

import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A domain with the attributes that tell its points from those of all others.
 *
 * @param domain the domain
 * @param identity its attributes
 */
record NamedDomain(PushedDomain domain, Attributes identity) {
    /**
     * Names domains by uuid and name, and where several run that have one uuid, by the number of the run, too.
     *
     * @param domains some of a snapshot's
     */
    static List<NamedDomain> of(List<PushedDomain> domains, Snapshot snapshot) {
        Set<UUID> seen = new HashSet<>();
        Set<UUID> ambiguous = new HashSet<>();
        for (DomainSample sample : snapshot.domains()) {
            if (!seen.add(sample.uuid())) {
                ambiguous.add(sample.uuid());
            }
        }
        return domains.stream()
                .map(domain -> {
                    DomainRun run = domain.sample().run();
                    return new NamedDomain(domain, identity(run, ambiguous.contains(run.uuid())));
                })
                .toList();
    }

    private static Attributes identity(DomainRun run, boolean isAmbiguous) {
        AttributesBuilder attributes = Attributes.builder()
                .put(PushedMetric.VM_ID, run.uuid().toString())
                .put(PushedMetric.VM_NAME, run.name());
        if (isAmbiguous) {
            attributes.put(PushedMetric.VM_RUN, (long) run.id());
        }
        return attributes.build();
    }
}
