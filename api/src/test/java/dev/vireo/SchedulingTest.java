package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two operations of level 2: how a domain is scheduled, and where its vCPUs may run. */
class SchedulingTest {
    private final List<String> calls = new ArrayList<>();
    private final Domain domain = FakeDriver.with(DriverTable.builder()
                    .with(Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, this::parameters)
                    .with(Slot.DOMAIN_GET_VCPU_PIN_INFO, this::pins))
            .connect(OpenOptions.defaults())
            .getDomainByName("one");

    private int parameters(DomainRef ref, TypedParameters params, int nparams, int flags) {
        calls.add(ref.name() + " " + nparams + " " + flags);
        if (params == null) {
            return 2;
        }
        params.setUnsignedLong(0, "cpu_shares", 1024);
        if (nparams > 1) {
            params.set(1, "vcpu_quota", ParameterType.LLONG, -1);
        }
        if (flags == Domain.AFFECT_CONFIG) {
            throw new IllegalStateException("after the first ones were filled");
        }
        return Math.min(nparams, 2);
    }

    private List<VcpuPin> pins(DomainRef ref, int flags) {
        calls.add(ref.name() + " " + flags);
        return new ArrayList<>(List.of(new VcpuPin(0, bits(1, 3))));
    }

    private static BitSet bits(int... ids) {
        BitSet set = new BitSet();
        for (int id : ids) {
            set.set(id);
        }
        return set;
    }

    @Test
    void aQuestionIsAnsweredWithoutABuffer() {
        assertEquals(2, domain.getSchedulerParameters(null, 0, Domain.AFFECT_LIVE));
        assertEquals(List.of("one 0 1"), calls);
    }

    @Test
    void theFirstParametersAreFilledAndTheRestOfTheBufferIsLeftAlone() {
        TypedParameters params = TypedParameters.allocate(4);
        params.setUnsignedLong(2, "stale", 7);
        params.setUnsignedLong(3, "not asked for", 8);
        assertEquals(2, domain.getSchedulerParameters(params, 3, Domain.AFFECT_CURRENT));
        assertEquals("[cpu_shares=1024, vcpu_quota=-1, -, not asked for=8]", params.toString());
        assertEquals(-1, params.signedLong(1));
        assertThrows(IllegalStateException.class, () -> params.signedLong(0));
        assertThrows(IllegalStateException.class, () -> params.signedLong(2));
    }

    @Test
    void afterAnErrorOfTheDriverNothingIsSet() {
        TypedParameters params = TypedParameters.allocate(2);
        assertFails(ErrorCode.INTERNAL_ERROR, () -> domain.getSchedulerParameters(params, 2, Domain.AFFECT_CONFIG));
        assertFalse(params.isSet(0) || params.isSet(1));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, false", "17, 17, true", "0, 1, true", "1, 1, false", "2, 1, true"})
    void wrongArgumentsAreRefusedBeforeTheDriver(int nparams, int capacity, boolean hasParams) {
        TypedParameters params = hasParams ? TypedParameters.allocate(capacity) : null;
        assertFails(ErrorCode.INVALID_ARG, () -> domain.getSchedulerParameters(params, nparams, 0));
        assertEquals(List.of(), calls);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, -1, 1 << 31})
    void wrongFlagsAreRefusedBeforeTheDriver(int flags) {
        assertFails(ErrorCode.INVALID_ARG, () -> domain.getSchedulerParameters(null, 0, flags));
        assertFails(ErrorCode.INVALID_ARG, () -> domain.getVcpuPinInfo(flags));
        assertEquals(List.of(), calls);
    }

    @Test
    void pinsAreHandedOnAsAnImmutableList() {
        List<VcpuPin> pins = domain.getVcpuPinInfo(Domain.AFFECT_CONFIG);
        assertEquals(List.of(new VcpuPin(0, bits(1, 3))), pins);
        assertThrows(UnsupportedOperationException.class, pins::clear);
        assertEquals(List.of("one 2"), calls);
    }

    @Test
    void aPinKeepsItsSetToItself() {
        BitSet cpus = bits(1);
        VcpuPin pin = new VcpuPin(0, cpus);
        cpus.set(2);
        pin.cpus().set(3);
        assertEquals(bits(1), pin.cpus());
    }

    @Test
    void aPinToNoCpuOrOfNoVcpuIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new VcpuPin(0, new BitSet()));
        assertThrows(IllegalArgumentException.class, () -> new VcpuPin(-1, bits(0)));
        assertTrue(new VcpuPin(7, bits(0)).toString().contains("7"));
    }
}
