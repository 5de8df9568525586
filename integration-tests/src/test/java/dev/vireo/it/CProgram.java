package dev.vireo.it;

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

    static CProgram compile(Path directory, String name) {
        return compile(directory, name, List.of());
    }

    /** Compiles one that runs where there is no library. */
    static CProgram compileStatic(Path directory, String name) {
        return compile(directory, name, List.of("-static"));
    }

    private static CProgram compile(Path directory, String name, List<String> options) {
        Path source = Repository.root().resolve("integration-tests/src/test/c/" + name + ".c");
        Path program = directory.resolve(name);
        List<String> command = new ArrayList<>(List.of(Programs.get("cc"), "-O1"));
        command.addAll(options);
        command.addAll(List.of("-o", program.toString(), source.toString()));
        CommandRun.of(LIMIT, command).requireSuccess();
        return new CProgram(program);
    }

    /** Runs it and returns what it printed. */
    List<String> lines(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        return CommandRun.of(LIMIT, command).requireSuccess().out().lines().toList();
    }
}
