package dev.vireo.driver.libvirt.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatsRecordTest {
    private static final int INT = 1;
    private static final int ULLONG = 4;

    private final ByteBuffer memory =
            ByteBuffer.allocate(32 * ParameterBuffer.SIZE).order(ByteOrder.nativeOrder());
    private int count;

    private void add(String name, int type, long value) {
        int at = count++ * ParameterBuffer.SIZE;
        memory.put(at, name.getBytes(StandardCharsets.UTF_8));
        memory.putInt(at + ParameterBuffer.TYPE, type);
        if (type == INT) {
            memory.putInt(at + ParameterBuffer.VALUE, (int) value);
        } else {
            memory.putLong(at + ParameterBuffer.VALUE, value);
        }
    }

    private VcpuTimes vcpus() {
        VcpuTimes vcpus = VcpuTimes.allocate(0);
        new StatsRecord(memory, count).vcpus(vcpus);
        return vcpus;
    }

    @Test
    void vcpuNumbersMayHaveGaps() {
        add("vcpu.current", 2, 2);
        add("vcpu.0.state", INT, 1);
        add("vcpu.0.time", ULLONG, 10);
        add("vcpu.0.delay", ULLONG, 11);
        add("vcpu.7.state", INT, 2);
        add("vcpu.7.time", ULLONG, 20);
        VcpuTimes vcpus = vcpus();
        assertEquals(2, vcpus.size());
        assertEquals(7, vcpus.number(1));
        assertEquals(VcpuState.BLOCKED, vcpus.state(1));
        assertEquals(20, vcpus.runTimeNanos(1));
        assertEquals(11, vcpus.delayNanos(0));
        assertFalse(vcpus.has(1, VcpuTimes.Column.DELAY));
    }

    @Test
    void namesThatOnlyBeginAlikeAreOthers() {
        add("vcpu.0.timeout", ULLONG, 1);
        add("vcpu.0.time.sum", ULLONG, 1);
        add("vcpu.0.delay", INT, 1);
        add("vcpu..time", ULLONG, 1);
        add("vcpu.1234567890.time", ULLONG, 1);
        add("cpu.timeout", ULLONG, 1);
        assertEquals(0, vcpus().size());
        TypedParameters totals = TypedParameters.allocate(3);
        new StatsRecord(memory, count).totals(totals);
        assertFalse(totals.isSet(0));
    }

    @Test
    void totalsThatAreMissingAreNotSet() {
        add("state.state", INT, 3);
        add("cpu.system", ULLONG, 5);
        add("cpu.time", ULLONG, -1);
        StatsRecord record = new StatsRecord(memory, count);
        TypedParameters totals = TypedParameters.allocate(3);
        record.totals(totals);
        assertEquals("[cpu_time=18446744073709551615, -, system_time=5]", totals.toString());
        assertEquals(DomainState.PAUSED, record.state());
        assertEquals(DomainState.NOSTATE, new StatsRecord(memory, 0).state());
    }

    @Test
    void aStateThatIsNotKnownIsUnavailable() {
        add("vcpu.3.state", INT, 17);
        assertEquals(VcpuState.UNAVAILABLE, vcpus().state(0));
    }

    @Property
    void whateverFollowsAKnownBeginningNothingBreaks(
            @ForAll @Size(2 * ParameterBuffer.SIZE) byte[] bytes, @ForAll("beginnings") String beginning) {
        System.arraycopy(beginning.getBytes(StandardCharsets.UTF_8), 0, bytes, 0, beginning.length());
        StatsRecord record = new StatsRecord(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), 2);
        record.vcpus(VcpuTimes.allocate(0));
        record.totals(TypedParameters.allocate(3));
        assertTrue(record.state() != null);
    }

    @Provide
    Arbitrary<String> beginnings() {
        return Arbitraries.of("", "vcpu.", "vcpu.7", "vcpu.999999999.", "vcpu.3.time", "cpu.time", "state.state");
    }
}
