package dev.vireo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * What the launcher runs once to make the command start fast: it writes the list of drivers, and runs what people run
 * most, so that the JVM, told by its options, sees which classes to put into its archive.
 */
public final class Training {
    /**
     * The system property that has help and wrong usage run as well. An archive whose classes are all loaded at each start
     * must have none that need picocli.
     */
    private static final String HELP = "vireo.training.help";

    private static final String URI = "test:///default";

    private Training() {}

    /**
     * Writes the list of drivers and runs some commands on the hypervisor in memory. Nothing is printed.
     *
     * @param args where the list of drivers goes
     * @throws IOException if it cannot be written there
     * @throws ClassNotFoundException never
     */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        Path list = Path.of(args[0]);
        ListedDrivers.write(list);
        System.setProperty(ListedDrivers.PROPERTY, list.toString());
        Class.forName(Main.class.getName());
        run("-c", URI, "cpu-stats", "test");
        run("-c", URI, "cpu-stats", "test", "--total", "--json");
        run("-c", URI, "list");
        run("-c", URI, "vcpus", "test");
        if (Boolean.getBoolean(HELP)) {
            run("--help");
            run("cpu-stats");
        }
    }

    private static void run(String... args) {
        new CommandLineTool(null, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()).run(args);
    }
}
