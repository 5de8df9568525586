package dev.vireo.tck;

import static dev.vireo.tck.Alterations.error;
import static dev.vireo.tck.Alterations.info;

import dev.vireo.ErrorCode;
import dev.vireo.NodeCpuMap;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.Slot;
import java.util.BitSet;
import java.util.function.Function;

/** Mistakes in the host. */
enum WrongHost implements WrongDriver {
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
    TELLS_THE_SUM_FOR_EACH_CPU(
            "6.3",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.NODE_GET_CPU_STATS, right -> (cpu, params, nparams, flags) -> {
                        right.getCpuStats(cpu, params, nparams, flags);
                        return right.getCpuStats(-1, params, nparams, flags);
                    })),
    TELLS_THE_HOSTS_TIMES_IN_TICKS(
            "6.7",
            hypervisor -> new AlteredDriver(hypervisor)
                    .with(Slot.NODE_GET_CPU_STATS, right -> (cpu, params, nparams, flags) -> {
                        int filled = right.getCpuStats(cpu, params, nparams, flags);
                        for (int i = 0; params != null && i < filled; i++) {
                            params.setUnsignedLong(i, params.name(i), params.unsignedLong(i) / 10_000_000);
                        }
                        return filled;
                    }));

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongHost(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
