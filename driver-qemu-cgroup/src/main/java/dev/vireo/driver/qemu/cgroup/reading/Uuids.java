package dev.vireo.driver.qemu.cgroup.reading;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads uuids. {@link UUID#fromString} takes shorter groups for whole ones. */
public final class Uuids {
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /**
     * Reads a uuid.
     *
     * @param text anything
     * @return the uuid, empty if the text is none
     */
    public static Optional<UUID> find(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
