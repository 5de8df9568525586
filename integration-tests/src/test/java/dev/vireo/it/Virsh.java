package dev.vireo.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** libvirt's own command: what a test is compared with, and what makes guests. */
final class Virsh {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Virsh() {}

    static CommandRun run(String uri, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Programs.get("virsh"), "--connect", uri));
        command.addAll(List.of(arguments));
        return CommandRun.of(LIMIT, Map.of("LC_ALL", "C.UTF-8"), command);
    }
}
