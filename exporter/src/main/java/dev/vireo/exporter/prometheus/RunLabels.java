package dev.vireo.exporter.prometheus;

import dev.vireo.monitor.DomainRun;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one run of a domain, made when they are first needed and kept: they are most of what a scrape would allocate.
 * And its sums by node, which have to know the earlier ones. Guarded by the collector.
 */
final class RunLabels {
    /** One label of numbers beside those of the domain. */
    private static final class Numbered {
        private final String label;
        private final Labels base;
        private @Nullable Labels[] byNumber = {};

        Numbered(String label, Labels base) {
            this.label = label;
            this.base = base;
        }

        Labels of(int number) {
            if (number >= byNumber.length) {
                byNumber = Arrays.copyOf(byNumber, number + 1);
            }
            Labels labels = byNumber[number];
            if (labels == null) {
                labels = base.add(label, Integer.toString(number));
                byNumber[number] = labels;
            }
            return labels;
        }
    }

    private final String uuidText;
    private final Labels uuid;
    private final Labels info;
    private final Labels libvirt;
    private final NodeSums nodeSums = new NodeSums();
    private final Numbered cpus;
    private final Numbered vcpus;
    private final Numbered libvirtVcpus;

    RunLabels(DomainRun run, String driver) {
        uuidText = run.uuid().toString();
        String name = LabelText.of(run.name());
        uuid = Labels.of("uuid", uuidText);
        info = Labels.of("uuid", uuidText, "name", name, "driver", LabelText.of(driver));
        libvirt = Labels.of("domain", name, "uuid", uuidText);
        cpus = new Numbered("cpu", uuid);
        vcpus = new Numbered("vcpu", uuid);
        libvirtVcpus = new Numbered("vcpu", libvirt);
    }

    String uuidText() {
        return uuidText;
    }

    Labels uuid() {
        return uuid;
    }

    Labels info() {
        return info;
    }

    Labels libvirt() {
        return libvirt;
    }

    Labels cpu(int number) {
        return cpus.of(number);
    }

    Labels node(String name) {
        return uuid.add("node", name);
    }

    NodeSums nodeSums() {
        return nodeSums;
    }

    Labels vcpu(int number) {
        return vcpus.of(number);
    }

    Labels libvirtVcpu(int number) {
        return libvirtVcpus.of(number);
    }
}
