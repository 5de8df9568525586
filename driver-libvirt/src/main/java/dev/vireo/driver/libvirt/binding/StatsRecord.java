package dev.vireo.driver.libvirt.binding;

import dev.vireo.DomainState;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import java.nio.ByteBuffer;

/**
 * The numbers of one domain in a bulk read, by names such as {@code vcpu.3.delay}. vCPU numbers have gaps where vCPUs
 * are offline, and anything may be missing. Immutable, good until its {@link StatsRecords} are closed.
 */
public final class StatsRecord {
    private static final ParameterName STATE = new ParameterName("state.state");
    private static final ParameterName[] TOTALS = {
        new ParameterName("cpu.time"), new ParameterName("cpu.user"), new ParameterName("cpu.system")
    };
    private static final String[] TOTAL_NAMES = {"cpu_time", "user_time", "system_time"};
    private static final ParameterName VCPU = new ParameterName("vcpu.");
    private static final ParameterName VCPU_STATE = new ParameterName(".state");
    private static final ParameterName VCPU_TIME = new ParameterName(".time");
    private static final ParameterName VCPU_DELAY = new ParameterName(".delay");
    // an int has no more
    private static final int MAX_DIGITS = 9;

    private final ByteBuffer params;
    private final int count;

    StatsRecord(ByteBuffer params, int count) {
        this.params = params;
        this.count = count;
    }

    /**
     * Returns the domain's state.
     *
     * @return {@link DomainState#NOSTATE} if it is not there
     */
    public DomainState state() {
        int index = find(STATE, ParameterType.INT);
        return index < 0 ? DomainState.NOSTATE : DomainState.ofNumber(params.getInt(value(index)));
    }

    /**
     * Fills in the totals, as far as they are there.
     *
     * @param into three entries, as {@code getCpuStats} fills them
     */
    public void totals(TypedParameters into) {
        for (int i = 0; i < TOTALS.length; i++) {
            int index = find(TOTALS[i], ParameterType.ULLONG);
            if (index >= 0) {
                into.setUnsignedLong(i, TOTAL_NAMES[i], params.getLong(value(index)));
            }
        }
    }

    /**
     * Adds the vCPUs, as far as their numbers are there.
     *
     * @param into where to; it is empty before
     */
    public void vcpus(VcpuTimes into) {
        for (int i = 0; i < count; i++) {
            int at = i * ParameterBuffer.SIZE;
            if (VCPU.begins(params, at)) {
                vcpu(i, at + VCPU.length(), into);
            }
        }
    }

    private void vcpu(int index, int digits, VcpuTimes into) {
        int end = endOfNumber(digits);
        if (end == digits) {
            return; // vcpu.current and vcpu.maximum
        }
        int number = number(digits, end);
        if (is(VCPU_STATE, end, index, ParameterType.INT)) {
            into.add(number, state(params.getInt(value(index))));
        } else if (is(VCPU_TIME, end, index, ParameterType.ULLONG)) {
            into.setRunTimeNanos(row(number, into), params.getLong(value(index)));
        } else if (is(VCPU_DELAY, end, index, ParameterType.ULLONG)) {
            into.setDelayNanos(row(number, into), params.getLong(value(index)));
        }
    }

    private boolean is(ParameterName rest, int at, int index, ParameterType type) {
        return rest.isAt(params, at) && type(index) == type.number();
    }

    /** libvirt gives the numbers of one vCPU after the other; the state may be missing. */
    private static int row(int number, VcpuTimes into) {
        int last = into.size() - 1;
        return last >= 0 && into.number(last) == number ? last : into.add(number, VcpuState.UNAVAILABLE);
    }

    private int endOfNumber(int at) {
        int end = at;
        while (end - at < MAX_DIGITS && params.get(end) >= '0' && params.get(end) <= '9') {
            end++;
        }
        return end;
    }

    private int number(int from, int end) {
        int number = 0;
        for (int i = from; i < end; i++) {
            number = number * 10 + params.get(i) - '0';
        }
        return number;
    }

    private int find(ParameterName name, ParameterType type) {
        for (int i = 0; i < count; i++) {
            if (name.isAt(params, i * ParameterBuffer.SIZE) && type(i) == type.number()) {
                return i;
            }
        }
        return -1;
    }

    private int type(int index) {
        return params.getInt(index * ParameterBuffer.SIZE + ParameterBuffer.TYPE);
    }

    private static int value(int index) {
        return index * ParameterBuffer.SIZE + ParameterBuffer.VALUE;
    }

    /**
     * Names a state.
     *
     * @param number a {@code virVcpuState}
     * @return {@link VcpuState#UNAVAILABLE} for a number that this version does not know
     */
    public static VcpuState state(int number) {
        VcpuState[] states = VcpuState.values();
        return number >= 0 && number < states.length ? states[number] : VcpuState.UNAVAILABLE;
    }
}
