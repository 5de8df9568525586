package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.DomainPointer;

/** Finds domains through a connection. Each answer is a reference that its owner gives back. Thread-safe. */
public final class DomainLookups {
    private static final int ACTIVE = 1;

    private final NativeConnection connection;

    /**
     * Makes look-ups.
     *
     * @param connection where to look
     */
    public DomainLookups(NativeConnection connection) {
        this.connection = connection;
    }

    /**
     * Lists the running domains: {@code virConnectListAllDomains}.
     *
     * @return the domains, in libvirt's order
     */
    public List<NativeDomain> listActive() {
        Scratch scratch = new Scratch(Long.BYTES);
        int count = LastError.checked(
                Virt.virConnectListAllDomains(connection.address(), scratch.address(), ACTIVE),
                "virConnectListAllDomains");
        long array = scratch.bytes().getLong(0);
        long[] addresses = new Pointer(array).getLongArray(0, count);
        Native.free(array);
        List<NativeDomain> domains = new ArrayList<>(count);
        for (long address : addresses) {
            domains.add(NativeDomain.owning(address));
        }
        return domains;
    }

    /**
     * Finds a domain by name: {@code virDomainLookupByName}.
     *
     * @param name the exact name
     * @return null if there is none
     */
    public @Nullable NativeDomain byName(String name) {
        Memory text = CText.of(name);
        try {
            long domain = Virt.virDomainLookupByName(connection.address(), Pointer.nativeValue(text));
            return domain == 0 ? none("virDomainLookupByName") : NativeDomain.owning(domain);
        } finally {
            Reference.reachabilityFence(text);
        }
    }

    /**
     * Finds a running domain by id: {@code virDomainLookupByID}.
     *
     * @param id the id
     * @return null if there is none
     */
    public @Nullable NativeDomain byId(int id) {
        DomainPointer domain = LibvirtLibrary.java().virDomainLookupByID(connection.pointer(), id);
        return domain == null ? none("virDomainLookupByID") : owning(domain);
    }

    /**
     * Finds a domain by uuid: {@code virDomainLookupByUUID}.
     *
     * @param uuid the uuid
     * @return null if there is none
     */
    public @Nullable NativeDomain byUuid(UUID uuid) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        DomainPointer domain = LibvirtLibrary.java().virDomainLookupByUUID(connection.pointer(), bytes);
        return domain == null ? none("virDomainLookupByUUID") : owning(domain);
    }

    private static NativeDomain owning(DomainPointer domain) {
        return NativeDomain.owning(Pointer.nativeValue(domain.getPointer()));
    }

    private static @Nullable NativeDomain none(String function) {
        HypervisorException error = LastError.of(function);
        if (error.code() == ErrorCode.NO_DOMAIN) {
            return null;
        }
        throw error;
    }
}
