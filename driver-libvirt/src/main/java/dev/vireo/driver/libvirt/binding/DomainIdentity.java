package dev.vireo.driver.libvirt.binding;

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
    private static final ThreadLocal<Scratch> UUID_BYTES = ThreadLocal.withInitial(() -> new Scratch(UUID_SIZE));

    /** Reads it from a {@code virDomainPtr}, without asking anybody. */
    static DomainIdentity at(long address) {
        String name = CText.at(LastError.checked(Virt.virDomainGetName(address), "virDomainGetName"));
        return new DomainIdentity(Virt.virDomainGetID(address), uuid(address), name == null ? "" : name);
    }

    private static UUID uuid(long address) {
        Scratch scratch = UUID_BYTES.get();
        LastError.checked(Virt.virDomainGetUUID(address, scratch.address()), "virDomainGetUUID");
        return new UUID(
                bigEndian(scratch.bytes().getLong(0)), bigEndian(scratch.bytes().getLong(Long.BYTES)));
    }

    private static long bigEndian(long bits) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? bits : Long.reverseBytes(bits);
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
