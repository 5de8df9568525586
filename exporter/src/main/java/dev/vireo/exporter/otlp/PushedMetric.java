package dev.vireo.exporter.otlp;

import dev.vireo.Statistic;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that are pushed. Each is a sum of its own: none has totals and parts of them under one name, so that whoever adds
 * up all series of a metric counts nothing twice.
 *
 * @param name its name
 * @param description what a reader ought to know of it
 * @param times which times it has, each with the value of {@code cpu.mode} that it stands for, if any
 * @param index what the index of a time is called, null if it has none
 */
record PushedMetric(
        String name,
        String description,
        List<Part> times,
        @Nullable AttributeKey<Long> index) {
    /** One statistic of a metric. */
    record Part(Statistic statistic, @Nullable String mode) {}

    static final AttributeKey<String> VM_ID = AttributeKey.stringKey("vm.id");
    static final AttributeKey<String> VM_NAME = AttributeKey.stringKey("vm.name");
    /** Only where several running domains have one uuid. */
    static final AttributeKey<Long> VM_RUN = AttributeKey.longKey("vm.run.id");

    static final AttributeKey<String> CPU_MODE = AttributeKey.stringKey("cpu.mode");
    static final AttributeKey<Long> VCPU_NUMBER = AttributeKey.longKey("vm.vcpu.number");
    static final AttributeKey<Long> CPU_NUMBER = AttributeKey.longKey("cpu.logical_number");

    static final String VCPU_COUNT = "vm.vcpu.count";
    static final String VCPU_COUNT_DESCRIPTION = "How many vCPUs the domain has.";

    static final List<PushedMetric> TIMES = List.of(
            of(
                    "vm.cpu.time",
                    "CPU time of the whole domain: vCPUs, emulator and whatever else is counted as its own.",
                    Statistic.CPU_TIME,
                    null),
            new PushedMetric(
                    "vm.cpu.mode.time",
                    "CPU time of the whole domain by mode, as the kernel splits it; need not add up to vm.cpu.time.",
                    List.of(new Part(Statistic.CPU_USER, "user"), new Part(Statistic.CPU_SYSTEM, "system")),
                    null),
            of("vm.vcpu.time", "Time that a vCPU has run on a host CPU.", Statistic.VCPU_TIME, VCPU_NUMBER),
            of(
                    "vm.vcpu.delay.time",
                    "Time that a vCPU was ready to run and waited for a host CPU: steal.",
                    Statistic.VCPU_DELAY,
                    VCPU_NUMBER),
            of(
                    "vm.host_cpu.time",
                    "CPU time of the domain on a CPU of the host.",
                    Statistic.HOST_CPU_TIME,
                    CPU_NUMBER));

    private static PushedMetric of(
            String name, String description, Statistic statistic, @Nullable AttributeKey<Long> index) {
        return new PushedMetric(name, description, List.of(new Part(statistic, null)), index);
    }

    boolean isOfHostCpus() {
        return times.get(0).statistic() == Statistic.HOST_CPU_TIME;
    }
}
