package dev.vireo.driver.test;

import dev.vireo.DomainState;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Describes a domain of a {@link TestHypervisor}.
 *
 * @param name its name; names need not be unique
 * @param uuid its uuid; several domains may have the same
 * @param vcpus how many vCPUs it has, 1 to {@value #MAX_VCPUS}
 * @param memoryKib its memory, in KiB
 * @param state the state it begins in: {@link DomainState#RUNNING}, {@link DomainState#PAUSED} or
 *     {@link DomainState#SHUTOFF}
 * @param persistent whether it stays, shut off, when a run ends; otherwise it is gone
 */
public record DomainConfiguration(
        String name, UUID uuid, int vcpus, long memoryKib, DomainState state, boolean persistent) {
    /** The most vCPUs of a domain. */
    public static final int MAX_VCPUS = 4096;

    private static final long PRESET_MEMORY_KIB = 2_097_152; // libvirt's <memory> of the domain "test": 2 GiB

    /**
     * Checks what is given.
     *
     * @throws IllegalArgumentException if the number of vCPUs or the state is none of those allowed
     */
    public DomainConfiguration {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uuid, "uuid");
        if (vcpus < 1 || vcpus > MAX_VCPUS) {
            throw new IllegalArgumentException("a domain has 1 to " + MAX_VCPUS + " vCPUs, not " + vcpus);
        }
        if (state != DomainState.RUNNING && state != DomainState.PAUSED && state != DomainState.SHUTOFF) {
            throw new IllegalArgumentException("a domain begins RUNNING, PAUSED or SHUTOFF, not " + state);
        }
    }

    /**
     * Describes a running domain with 2 vCPUs, which is gone when it ends.
     *
     * @param name its name, from which its uuid is derived: the same name always has the same uuid
     * @return the description
     */
    public static DomainConfiguration named(String name) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new DomainConfiguration(name, uuid, 2, PRESET_MEMORY_KIB, DomainState.RUNNING, false);
    }

    /**
     * Describes the domain of libvirt's {@code test:///default}: {@code test}, persistent, running, with 2 vCPUs.
     *
     * @return the description
     */
    public static DomainConfiguration preset() {
        UUID uuid = UUID.fromString("6695eb01-f6a4-8304-79aa-97f2502e193f");
        return new DomainConfiguration("test", uuid, 2, PRESET_MEMORY_KIB, DomainState.RUNNING, false)
                .withPersistent(true);
    }

    /**
     * Returns a description with another uuid.
     *
     * @param newUuid the uuid
     * @return a changed copy
     */
    public DomainConfiguration withUuid(UUID newUuid) {
        return new DomainConfiguration(name, newUuid, vcpus, memoryKib, state, persistent);
    }

    /**
     * Returns a description with another number of vCPUs.
     *
     * @param number how many vCPUs, 1 to {@value #MAX_VCPUS}
     * @return a changed copy
     */
    public DomainConfiguration withVcpus(int number) {
        return new DomainConfiguration(name, uuid, number, memoryKib, state, persistent);
    }

    /**
     * Returns a description with another first state.
     *
     * @param first {@link DomainState#RUNNING}, {@link DomainState#PAUSED} or {@link DomainState#SHUTOFF}
     * @return a changed copy
     */
    public DomainConfiguration withState(DomainState first) {
        return new DomainConfiguration(name, uuid, vcpus, memoryKib, first, persistent);
    }

    /**
     * Returns a description of a domain that stays when a run ends, or does not.
     *
     * @param stays whether it is there, shut off, between its runs
     * @return a changed copy
     */
    public DomainConfiguration withPersistent(boolean stays) {
        return new DomainConfiguration(name, uuid, vcpus, memoryKib, state, stays);
    }
}
