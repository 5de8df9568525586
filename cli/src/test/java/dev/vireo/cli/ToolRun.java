package dev.vireo.cli;

import dev.vireo.Drivers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What one run of the tool left behind. */
record ToolRun(int exitCode, String out, String err) {
    static ToolRun of(FakeDriver driver, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new CommandLineTool(Drivers.none().with(driver), out, err).run(args);
        return new ToolRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Object json() {
        return StrictJson.parse(out);
    }
}
