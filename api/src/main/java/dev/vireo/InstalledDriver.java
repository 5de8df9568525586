package dev.vireo;

import java.util.Optional;
import java.util.Set;

/**
 * Describes a driver that was found, or a provider that was found and cannot be used.
 *
 * @param name the driver's name, or what is known of a provider that is broken
 * @param uriSchemes the URI schemes that it opens
 * @param operations all that it can ever do
 * @param level the level of the driver interface that it was compiled against, 0 if it is broken
 * @param priority how early it is asked when no URI is given
 * @param location the jar or directory that it comes from, or how it was handed over
 * @param problem why it cannot be used, empty if it can
 */
public record InstalledDriver(
        String name,
        Set<String> uriSchemes,
        Set<Operation> operations,
        int level,
        int priority,
        String location,
        Optional<String> problem) {
    /** Keeps copies of the sets. */
    public InstalledDriver {
        uriSchemes = Set.copyOf(uriSchemes);
        operations = Set.copyOf(operations);
    }

    /**
     * Returns the URI schemes as a text for people.
     *
     * @return for instance {@code lxc, qemu, also with +ssh, +tls}
     */
    public String schemesText() {
        return SchemeList.of(uriSchemes);
    }
}
