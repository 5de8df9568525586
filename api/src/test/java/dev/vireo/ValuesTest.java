package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void anEntryThatIsNotSetHasNoValue() {
        TypedParameters params = TypedParameters.allocate(1);
        assertFalse(params.isSet(0));
        assertThrows(IllegalStateException.class, () -> params.unsignedLong(0));
        assertThrows(IllegalStateException.class, () -> params.name(0));
        assertThrows(IllegalStateException.class, () -> params.type(0));
    }

    @Test
    void aZeroThatWasReadIsSet() {
        TypedParameters params = TypedParameters.allocate(1);
        params.setUnsignedLong(0, "cpu_time", 0);
        assertTrue(params.isSet(0));
        assertEquals(0, params.unsignedLong(0));
    }

    @Test
    void unsignedNumbersAreShownUnsigned() {
        TypedParameters params = TypedParameters.allocate(5);
        params.setUnsignedLong(0, "a", -1);
        params.set(1, "b", ParameterType.LLONG, -1);
        params.set(2, "c", ParameterType.DOUBLE, Double.doubleToRawLongBits(0.5));
        params.set(3, "d", ParameterType.BOOLEAN, 1);
        assertEquals("[a=18446744073709551615, b=-1, c=0.5, d=true, -]", params.toString());
        assertThrows(IllegalStateException.class, () -> params.unsignedLong(1));
    }

    @Test
    void clearingForgetsEntriesAndOrigin() {
        TypedParameters params = TypedParameters.allocate(2);
        params.setUnsignedLong(0, "a", 1);
        params.setUnsignedLong(1, "b", 1);
        params.setOrigin(CpuStatsOrigin.from("x").build());
        params.clear(1);
        assertFalse(params.isSet(0));
        assertTrue(params.isSet(1));
        assertEquals(Optional.empty(), params.origin());
        assertThrows(IndexOutOfBoundsException.class, () -> params.clear(3));
    }

    @Test
    void aVcpuColumnThatWasNotSetHasNoValueButMayHaveAReason() {
        VcpuTimes vcpus = VcpuTimes.allocate(0);
        int row = vcpus.add(3, VcpuState.RUNNING);
        vcpus.setRunTimeNanos(row, 5);
        vcpus.setReason(VcpuTimes.Column.DELAY, "no schedstats");
        assertEquals(3, vcpus.number(row));
        assertEquals(5, vcpus.runTimeNanos(row));
        assertFalse(vcpus.has(row, VcpuTimes.Column.DELAY));
        assertThrows(IllegalStateException.class, () -> vcpus.delayNanos(row));
        assertEquals(Optional.of("no schedstats"), vcpus.reason(VcpuTimes.Column.DELAY));
        assertThrows(IndexOutOfBoundsException.class, () -> vcpus.state(1));
    }

    @Test
    void aVcpuTableGrowsAndIsReused() {
        VcpuTimes vcpus = VcpuTimes.allocate(1);
        for (int i = 0; i < 100; i++) {
            vcpus.setDelayNanos(vcpus.add(i, VcpuState.RUNNING), i);
        }
        assertEquals(99, vcpus.delayNanos(99));
        vcpus.clear();
        assertEquals(0, vcpus.size());
        assertFalse(vcpus.has(vcpus.add(0, VcpuState.OFFLINE), VcpuTimes.Column.DELAY));
    }

    @Test
    void aCpuMapKnowsGapsAndOfflineCpus() {
        BitSet present = new BitSet();
        present.set(1);
        present.set(4);
        BitSet online = new BitSet();
        online.set(4);
        NodeCpuMap map = NodeCpuMap.of(present, online);
        assertEquals(5, map.size());
        assertEquals(2, map.presentCount());
        assertEquals(1, map.onlineCount());
        assertFalse(map.isPresent(0));
        assertTrue(map.isPresent(1));
        assertFalse(map.isOnline(1));
        present.clear();
        assertEquals(5, map.size(), "the map keeps its own copy");
        assertThrows(IllegalArgumentException.class, () -> NodeCpuMap.of(new BitSet(), online));
    }

    @Test
    void versionsAreLibvirtsNumbers() {
        assertEquals("7.2.22", HypervisorVersion.ofNumber(7_002_022).toString());
    }

    @Test
    void errorNumbersOfLibvirtAreKeptAlsoWithoutAName() {
        assertEquals(ErrorCode.NO_DOMAIN, ErrorCode.ofNumber(42));
        HypervisorException unknown =
                HypervisorException.reported(4_711, 54, ErrorLevel.ERROR, "libvirt", "as it came");
        assertEquals(ErrorCode.UNKNOWN, unknown.code());
        assertEquals(4_711, unknown.number());
        assertEquals("as it came", unknown.getMessage());
        assertEquals(OptionalInt.of(54), unknown.libvirtDomain());
    }

    @Test
    void anErrorThatIsNotLibvirtsHasNoDomainOfLibvirt() {
        HypervisorException ours = HypervisorException.of(ErrorCode.RPC, "vireo", "x");
        assertEquals(OptionalInt.empty(), ours.libvirtDomain());
        assertEquals(ErrorLevel.ERROR, ours.level());
    }

    @Test
    void levelsHaveLibvirtsNumbers() {
        assertEquals(ErrorLevel.WARNING, ErrorLevel.ofNumber(1));
        assertEquals(ErrorLevel.ERROR, ErrorLevel.ofNumber(99));
    }

    @Test
    void aParameterOfAnUnknownTypeIsKeptAndShownAsSuch() {
        TypedParameters params = TypedParameters.allocate(1);
        params.setUntyped(0, "new", 200, 42);
        assertEquals(ParameterType.UNKNOWN, params.type(0));
        assertEquals(200, params.typeNumber(0));
        assertEquals("[new=type 200: 0x2a]", params.toString());
        assertThrows(IllegalArgumentException.class, () -> params.setUntyped(0, "new", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> params.setUntyped(0, "new", 256, 1));
        assertThrows(IllegalArgumentException.class, () -> params.set(0, "new", ParameterType.UNKNOWN, 1));
        params.setUntyped(0, "old", ParameterType.LLONG.number(), -1);
        assertEquals("[old=-1]", params.toString());
    }

    @Test
    void aParameterMayBeAText() {
        TypedParameters params = TypedParameters.allocate(2);
        params.setText(1, "governor", "schedutil");
        assertEquals("[-, governor=schedutil]", params.toString());
        assertThrows(IllegalStateException.class, () -> params.unsignedLong(1));
        assertThrows(IllegalArgumentException.class, () -> params.set(0, "x", ParameterType.STRING, 1));
    }

    @Test
    void messagesBeginAsLibvirts() {
        assertEquals("Domain not found: x", ErrorCode.NO_DOMAIN.describe("x"));
        assertEquals("no connection driver available for x", ErrorCode.NO_CONNECT.describe("x"));
        assertEquals("x", ErrorCode.SYSTEM_ERROR.describe("x"));
        assertEquals("VIR_ERR_NO_DOMAIN", ErrorCode.NO_DOMAIN.libvirtName());
    }

    @Test
    void statesHaveLibvirtsNumbers() {
        assertEquals(DomainState.PAUSED, DomainState.ofNumber(3));
        assertEquals(DomainState.NOSTATE, DomainState.ofNumber(99));
    }
}
