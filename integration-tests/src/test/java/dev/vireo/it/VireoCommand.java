package dev.vireo.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command as a user does. */
final class VireoCommand {
    /** The first use builds, and that may have to fetch what it builds with. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private VireoCommand() {}

    static CommandRun vireo(String... arguments) {
        return vireoWith(Map.of(), arguments);
    }

    static CommandRun vireoWith(Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Repository.root().resolve("vireo").toString()));
        command.addAll(List.of(arguments));
        // a locale of the caller's must not decide how what he reads is encoded
        Map<String, String> all =
                new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "VIREO_DEFAULT_URI", "", "VIREO_DRIVERS", ""));
        all.putAll(environment);
        return CommandRun.of(LIMIT, all, command);
    }
}
