package dev.vireo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Runs the {@code vireo} command in this process. */
public final class Main {
    private Main() {}

    /**
     * Runs a command line and ends the JVM with its exit code.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        // the bare descriptors: System.out hides that nobody reads any more, and writes in the locale's charset
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        FileOutputStream err = new FileOutputStream(FileDescriptor.err);
        int exitCode = new CommandLineTool(null, out, err).run(args);
        // System.exit looks for a logger from Java 21 on, which takes longer than the command
        if (exitCode != CommandLineTool.SUCCESS || Thread.activeCount() > 1) {
            System.exit(exitCode);
        }
    }
}
