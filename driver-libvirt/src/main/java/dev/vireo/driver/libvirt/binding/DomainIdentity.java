package dev.vireo.driver.libvirt.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Who a domain is.
 *
 * @param id libvirt's number of the run, -1 if the domain is not running
 * @param uuid its uuid
 * @param name its name
 */
public record DomainIdentity(int id, UUID uuid, String name) {
    private static final int UUID_SIZE = 16;

    /** Reads it from a {@code virDomainPtr}, without asking anybody. */
    static DomainIdentity at(long address) {
        String name = CText.at(LastError.checked(Virt.virDomainGetName(address), "virDomainGetName"));
        return new DomainIdentity(Virt.virDomainGetID(address), uuid(address), name == null ? "" : name);
    }

    private static UUID uuid(long address) {
        Scratch scratch = new Scratch(UUID_SIZE);
        LastError.checked(Virt.virDomainGetUUID(address, scratch.address()), "virDomainGetUUID");
        ByteBuffer bytes = scratch.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
        return new UUID(bytes.getLong(0), bytes.getLong(Long.BYTES));
    }

    /** Tells whether this is the same run. */
    public boolean isSameRun(DomainIdentity other) {
        return id == other.id && uuid.equals(other.uuid);
    }

    @Override
    public String toString() {
        return "'" + name + "' (id " + id + ", uuid " + uuid + ")";
    }
}
