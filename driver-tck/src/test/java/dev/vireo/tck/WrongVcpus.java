package dev.vireo.tck;

import static dev.vireo.tck.Alterations.pins;
import static dev.vireo.tck.Alterations.scheduler;
import static dev.vireo.tck.Alterations.vcpus;

import dev.vireo.VcpuPin;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Mistakes in vCPUs and how they are scheduled. */
enum WrongVcpus implements WrongDriver {
    NUMBERS_VCPUS_BACKWARDS("5.1", vcpus(Collections::reverse)),
    LEAVES_A_COLUMN_OUT_IN_SILENCE("5.2", vcpus(rows -> rows.replaceAll(row -> row.withDelay(null)))),
    TELLS_VCPUS_IN_MICROSECONDS("5.3", vcpus(rows -> rows.replaceAll(row -> row.withRan(row.ran() / 1_000)))),
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
    NUMBERS_VCPUS_FROM_ONE("5.1", vcpus(rows -> {
        rows.replaceAll(row -> row.withNumber(row.number() + 1));
    })),
    TELLS_OF_THE_FIRST_VCPU_ALONE(
            "5.1", vcpus(rows -> rows.subList(1, rows.size()).clear())),
    TELLS_DELAY_IN_ANOTHER_UNIT("5.3", vcpus(rows -> rows.replaceAll(row -> row.withDelay(row.delay() * 1_000)))),
    ITS_DELAYS_GO_BACK("5.3", vcpus(rows -> rows.replaceAll(row -> row.withDelay(1_000_000_000 - row.delay()))));

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongVcpus(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
