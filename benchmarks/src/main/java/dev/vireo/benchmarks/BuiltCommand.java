package dev.vireo.benchmarks;

import java.io.IOException;
import java.util.Map;

/** The command as a user types it. */
final class BuiltCommand {
    static final String PATH = "./vireo";
    /** Nothing of the user's own settings. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("LC_ALL", "C.UTF-8", "VIREO_JAVA_OPTS", "", "VIREO_DRIVERS", "");

    private BuiltCommand() {}

    /** The first run builds the command, and has the JVM make its archive. */
    static void build() throws IOException {
        for (int run = 0; run < 2; run++) {
            ProcessBuilder builder = new ProcessBuilder(PATH, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(ENVIRONMENT);
            if (CPrograms.exitCode(builder.start()) != 0) {
                throw new IOException("the command cannot be built");
            }
        }
    }
}
