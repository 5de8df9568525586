package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.cli.record.RotatingRecording;
import dev.vireo.cli.record.Rotation;
import dev.vireo.monitor.LiveSource;
import dev.vireo.monitor.SnapshotSource;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo record}: writes down what all domains use, until it is ended. */
final class RecordCommand implements Command {
    @Override
    public CommandSpec describe() {
        CommandSpec spec = Specs.command("Write down what all domains use, to be plotted or replayed.");
        spec.addOption(Specs.requiredText("the file; one that is there is continued", "-o", "FILE"));
        spec.addOption(Specs.text(
                "go on in a new file after so many bytes (500k, 100M, 2G) or so much time (30min, 12h, 1d)",
                "--rotate",
                "SIZE|TIME"));
        return WatchOptions.addTo(spec);
    }

    @Override
    public int run(Invocation invocation) {
        Path file = path(invocation, "-o");
        Rotation rotation = rotation(invocation);
        Duration period = WatchOptions.period(invocation, "-d", Duration.ofMillis(1));
        int count = WatchOptions.count(invocation);
        Connection first = invocation.connection();
        try (SnapshotSource source = new LiveSource(first, invocation::reopen, sampler -> sampler);
                RotatingRecording recording = RotatingRecording.open(file, rotation)) {
            Recorder.of(source, recording, period, invocation.diagnostics()).run(count);
            return CommandLineTool.SUCCESS;
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    static Path path(Invocation invocation, String option) {
        return path(invocation, option, String.valueOf(invocation.text(option)));
    }

    static Path path(Invocation invocation, String what, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException none) {
            throw invocation.misuse(what, "'" + name + "' is no file name");
        }
    }

    /** Says what the file is, as some exceptions have but its name for a message. */
    static CommandFailure failure(IOException failed) {
        String kind = failed.getClass().getSimpleName();
        @Nullable String message = failed.getMessage();
        return new CommandFailure(
                failed instanceof FileSystemException
                        ? message + " (" + kind.replace("Exception", "") + ")"
                        : String.valueOf(message));
    }

    private static Rotation rotation(Invocation invocation) {
        String text = invocation.text("--rotate");
        try {
            return text == null ? Rotation.NEVER : Rotation.parse(text);
        } catch (IllegalArgumentException neither) {
            throw invocation.misuse("--rotate", String.valueOf(neither.getMessage()));
        }
    }
}
