package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a bulk read gave: an array of {@code virDomainStatsRecord}, freed when it is closed. Not thread-safe. */
public final class StatsRecords implements AutoCloseable {
    static final int DOMAIN = 0;
    static final int PARAMS = 8;
    static final int COUNT = 16;

    private final long array;
    private final int size;

    StatsRecords(long array, int size) {
        this.array = array;
        this.size = size;
    }

    /**
     * Returns how many domains there are.
     *
     * @return the number of records
     */
    public int size() {
        return size;
    }

    /**
     * Returns whose numbers a record has.
     *
     * @param index which record
     * @return the domain
     */
    public DomainIdentity domain(int index) {
        return DomainIdentity.at(record(index).getLong(DOMAIN));
    }

    /**
     * Returns a domain's numbers, good until this is closed.
     *
     * @param index which record
     * @return the numbers
     */
    public StatsRecord stats(int index) {
        Pointer record = record(index);
        int count = record.getInt(COUNT);
        ByteBuffer params = count == 0
                ? ByteBuffer.allocate(0)
                : record.getPointer(PARAMS).getByteBuffer(0, (long) count * ParameterBuffer.SIZE);
        return new StatsRecord(params.order(ByteOrder.nativeOrder()), count);
    }

    /** Frees the records, the domains that libvirt lent with them included. */
    @Override
    public void close() {
        if (array != 0) {
            VirtBulk.virDomainStatsRecordListFree(array);
        }
    }

    private Pointer record(int index) {
        return new Pointer(new Pointer(array).getLong((long) index * Long.BYTES));
    }
}
