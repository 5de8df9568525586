package dev.vireo.driver.test;

import static dev.vireo.driver.test.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DomainSchedulingTest {
    private static final String UNLIMITED = "[cpu_shares=1024, vcpu_period=100000, vcpu_quota=-1,"
            + " emulator_period=100000, emulator_quota=-1, global_period=100000, global_quota=-1]";

    private final Fixture fixture = Fixture.withGaps();

    @AfterEach
    void close() {
        fixture.close();
    }

    private String parameters(int nparams, int flags) {
        TypedParameters params = TypedParameters.allocate(nparams);
        assertEquals(nparams, fixture.domain().getSchedulerParameters(params, nparams, flags));
        return params.toString();
    }

    private static BitSet bits(int... ids) {
        BitSet set = new BitSet();
        for (int id : ids) {
            set.set(id);
        }
        return set;
    }

    @Test
    void aDomainHasTheKernelsDefaultsUntilItIsTuned() {
        assertEquals(7, fixture.domain().getSchedulerParameters(null, 0, Domain.AFFECT_LIVE));
        assertEquals(UNLIMITED, parameters(7, Domain.AFFECT_CURRENT));
        fixture.hypervisor.domain("test").tune(new SchedulerTuning(512, 50_000, 25_000));
        assertEquals("[cpu_shares=512, vcpu_period=50000, vcpu_quota=25000]", parameters(3, Domain.AFFECT_LIVE));
        assertEquals("[cpu_shares=512, vcpu_period=50000]", parameters(2, Domain.AFFECT_CURRENT));
        assertEquals(UNLIMITED, parameters(7, Domain.AFFECT_CONFIG));
    }

    @Test
    void aTuningThatTheKernelWouldRefuseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SchedulerTuning(1, 100_000, -1));
        assertThrows(IllegalArgumentException.class, () -> new SchedulerTuning(2, 999, -1));
        assertThrows(IllegalArgumentException.class, () -> new SchedulerTuning(2, 1000, 999));
    }

    @Test
    void vcpusMayRunOnAllCpusThatAreThereUntilTheyArePinned() {
        assertEquals(
                List.of(new VcpuPin(0, bits(0, 2, 4)), new VcpuPin(1, bits(0, 2, 4))),
                fixture.domain().getVcpuPinInfo(Domain.AFFECT_LIVE));
        fixture.hypervisor.domain("test").pin(1, bits(2, 3));
        assertEquals(
                List.of(new VcpuPin(0, bits(0, 2, 4)), new VcpuPin(1, bits(2))),
                fixture.domain().getVcpuPinInfo(Domain.AFFECT_CURRENT));
        assertEquals(
                new VcpuPin(1, bits(0, 2, 4)),
                fixture.domain().getVcpuPinInfo(Domain.AFFECT_CONFIG).get(1));
    }

    @Test
    void aPinToWhatIsNotThereIsRefused() {
        TestDomain domain = fixture.hypervisor.domain("test");
        assertThrows(IllegalArgumentException.class, () -> domain.pin(2, bits(0)));
        assertThrows(IllegalArgumentException.class, () -> domain.pin(0, bits(3)));
    }

    @Test
    void whatRunsIsAskedOfARunningDomainAndTheConfigurationOfAPersistentOne() {
        fixture.hypervisor.add(DomainConfiguration.named("transient"));
        Domain passing = fixture.connection.getDomainByName("transient");
        assertFails(ErrorCode.OPERATION_INVALID, () -> passing.getVcpuPinInfo(Domain.AFFECT_CONFIG));
        assertFails(ErrorCode.OPERATION_INVALID, () -> passing.getSchedulerParameters(null, 0, Domain.AFFECT_CONFIG));
        fixture.domain().destroy();
        Domain shutOff = fixture.domain();
        assertFails(ErrorCode.OPERATION_INVALID, () -> shutOff.getVcpuPinInfo(Domain.AFFECT_LIVE));
        assertEquals(7, shutOff.getSchedulerParameters(null, 0, Domain.AFFECT_CURRENT));
        passing.destroy();
        assertFails(ErrorCode.NO_DOMAIN, () -> passing.getSchedulerParameters(null, 0, Domain.AFFECT_CURRENT));
    }
}
