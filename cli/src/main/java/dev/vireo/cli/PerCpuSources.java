package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.HypervisorException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the times per CPU of each domain come from, and what was passed over. */
final class PerCpuSources {
    private final Connection connection;

    PerCpuSources(Connection connection) {
        this.connection = connection;
    }

    void append(StringBuilder out) {
        out.append("\nTimes per CPU\n");
        for (Domain domain : connection.listDomains()) {
            CpuStats.HostCpus cpus = read(domain);
            CpuStatsOrigin origin = cpus.origin().orElse(null);
            String from = cpus.isAvailable()
                    ? origin == null ? "available" : origin.source()
                    : "unavailable: " + cpus.unavailable();
            out.append("  ")
                    .append(SafeText.of(domain.name()))
                    .append(": ")
                    .append(SafeText.of(from))
                    .append('\n');
            appendMissing(out, origin);
        }
    }

    private static void appendMissing(StringBuilder out, @Nullable CpuStatsOrigin origin) {
        if (origin != null) {
            origin.missing()
                    .forEach((what, reason) -> out.append("    no ")
                            .append(SafeText.of(what))
                            .append(": ")
                            .append(SafeText.of(reason))
                            .append('\n'));
        }
    }

    void write(JsonWriter json) {
        json.field(JsonField.DOMAINS).beginArray();
        for (Domain domain : connection.listDomains()) {
            CpuStats.HostCpus cpus = read(domain);
            json.beginObject().identity(domain).field(JsonField.HOST_CPUS);
            if (cpus.isAvailable()) {
                json.beginObject();
                OriginJson.write(json, cpus.origin().orElse(null));
                json.endObject();
            } else {
                json.unavailable(String.valueOf(cpus.unavailable()));
            }
            json.endObject();
        }
        json.endArray();
    }

    private static CpuStats.HostCpus read(Domain domain) {
        try {
            return domain.cpuStats().hostCpus();
        } catch (HypervisorException ended) {
            return new CpuStats.HostCpus(List.of(), String.valueOf(ended.getMessage()), Optional.empty());
        }
    }
}
