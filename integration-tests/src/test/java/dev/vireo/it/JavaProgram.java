package dev.vireo.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM of its own with the built jars, for what must not happen to the JVM of the tests.
 *
 * @param prefix what runs it: another user, another view of the file system; empty for none
 * @param options of the JVM
 * @param classPath where its classes are
 */
record JavaProgram(List<String> prefix, List<String> options, List<String> classPath) {
    private static final String COMMAND_LINE = "dev.vireo.cli.Main";

    /** A JVM with what the command is made of. */
    static JavaProgram ofTheBuild() throws IOException {
        return new JavaProgram(List.of(), List.of(), BuiltJars.paths());
    }

    /** A JVM that also has the classes of the tests. */
    static JavaProgram withTests() throws IOException {
        List<String> classPath = new ArrayList<>(BuiltJars.paths());
        classPath.add(Repository.root()
                .resolve("integration-tests/target/test-classes")
                .toString());
        return new JavaProgram(List.of(), List.of(), classPath);
    }

    /** A JVM whose jars anyone may read: the working copy may be root's alone. */
    static JavaProgram readableByAll(Path directory) throws IOException {
        List<String> classPath = new ArrayList<>();
        for (String jar : BuiltJars.paths()) {
            Path copy = directory.resolve(Path.of(jar).getFileName());
            Files.copy(Path.of(jar), copy, StandardCopyOption.REPLACE_EXISTING);
            classPath.add(copy.toString());
        }
        return new JavaProgram(List.of(), List.of(), classPath);
    }

    JavaProgram runBy(String... command) {
        return new JavaProgram(List.of(command), options, classPath);
    }

    JavaProgram withOptions(String... more) {
        return new JavaProgram(prefix, List.of(more), classPath);
    }

    CommandRun run(Duration limit, Class<?> main, String... arguments) {
        return run(limit, main.getName(), arguments);
    }

    /** Runs the command line, as {@code ./vireo} does. */
    CommandRun vireo(String... arguments) {
        return run(Duration.ofMinutes(2), COMMAND_LINE, arguments);
    }

    private CommandRun run(Duration limit, String main, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(List.of(arguments));
        return CommandRun.of(limit, Map.of("LC_ALL", "C.UTF-8", "VIREO_DEFAULT_URI", ""), command);
    }
}
