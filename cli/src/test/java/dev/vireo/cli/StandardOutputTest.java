package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Drivers;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {
    private final FakeDriver driver = new FakeDriver();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "list --json",
                "cpu-stats test",
                "cpu-stats test --json",
                "cpu-stats test --watch=0.001",
                "vcpus test",
                "node",
                "drivers",
                "completion",
                "help",
                "--help",
                "--version",
                "top --help",
                "top -d 0.1 --batch",
                "top -d 0.1 --csv",
                "top -d 0.1 --json"
            })
    void whatCannotBeWrittenIsAnErrorThatSaysWhy(String line) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode;
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            exitCode = new CommandLineTool(Drivers.none().with(driver), full, err).run(line.split(" "));
        }
        String errors = err.toString(StandardCharsets.UTF_8);
        assertEquals(1, exitCode, errors);
        assertTrue(errors.matches("(?s)(vireo: .*\n)*error: cannot write to standard output: .+\n"), errors);
    }
}
