package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled program of the tests' own.
 *
 * @param path where it lies
 */
record CProgram(Path path) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    static CProgram compile(Path directory, String name) throws IOException {
        Path source = Repository.root().resolve("integration-tests/src/test/c/" + name + ".c");
        Path program = directory.resolve(name);
        CommandRun.of(LIMIT, List.of(Programs.get("cc"), "-O1", "-o", program.toString(), source.toString()))
                .requireSuccess();
        return new CProgram(program);
    }

    /** Runs it and returns what it printed. */
    List<String> lines(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        return CommandRun.of(LIMIT, command).requireSuccess().out().lines().toList();
    }
}
