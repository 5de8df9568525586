package dev.vireo.exporter.otlp;

import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The attributes that tell the points of each domain of a snapshot from those of all others: uuid and name, and where several
 * run that have one uuid, the number of the run, too.
 */
final class DomainIdentities {
    private final Set<UUID> ambiguous = new HashSet<>();

    DomainIdentities(Snapshot snapshot) {
        Set<UUID> seen = new HashSet<>();
        for (DomainSample sample : snapshot.domains()) {
            if (!seen.add(sample.uuid())) {
                ambiguous.add(sample.uuid());
            }
        }
    }

    Attributes of(DomainRun run) {
        AttributesBuilder attributes = Attributes.builder()
                .put(PushedMetric.VM_ID, run.uuid().toString())
                .put(PushedMetric.VM_NAME, run.name());
        if (ambiguous.contains(run.uuid())) {
            attributes.put(PushedMetric.VM_RUN, (long) run.id());
        }
        return attributes.build();
    }
}
