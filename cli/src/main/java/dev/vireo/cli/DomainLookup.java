package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.Domain;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the domain that a word on the command line means, as virsh does: id, then uuid, then name. */
final class DomainLookup {
    private static final int UUID_LENGTH = 36;

    private DomainLookup() {}

    static Domain find(Connection connection, String word) {
        int id = parseId(word);
        Optional<Domain> found = id < 0 ? Optional.empty() : connection.findDomainById(id);
        UUID uuid = found.isPresent() ? null : parseUuid(word);
        if (uuid != null) {
            found = connection.findDomainByUuid(uuid);
        }
        // the failure by name has the suggestion
        return found.isPresent() ? found.get() : connection.getDomainByName(word);
    }

    private static int parseId(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException noNumber) {
            return -1;
        }
    }

    private static @Nullable UUID parseUuid(String word) {
        // UUID.fromString also takes groups that are too short
        if (word.length() != UUID_LENGTH || word.indexOf('-') != 8 || word.lastIndexOf('-') != 23) {
            return null;
        }
        try {
            return UUID.fromString(word);
        } catch (IllegalArgumentException noUuid) {
            return null;
        }
    }
}
