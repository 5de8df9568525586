package dev.vireo.cli;

import dev.vireo.cli.plot.Picture;
import dev.vireo.cli.plot.PlotException;
import dev.vireo.cli.plot.PlotRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo plot}: a picture of a recording. */
final class PlotCommand implements Command {
    @Override
    public CommandSpec describe() {
        CommandSpec spec = Specs.command("Draw a recording: CPU and steal over time, and which host CPUs were used.");
        spec.addOption(Specs.requiredText("the picture, .svg or .png", "-o", "PICTURE"));
        spec.addOption(Specs.texts("draw this domain alone, by name or uuid; may be given again", "--domain", "NAME"));
        spec.addOption(Specs.choice(
                "what 100 %% is: core (without it), vcpus or host", "--of", "WHAT", WatchOptions.DENOMINATORS));
        spec.addOption(Specs.number("draw a line for each of the N that used most; the others are a band", "--lines"));
        return Specs.withParameter(spec, "FILE", "a recording");
    }

    @Override
    public int run(Invocation invocation) {
        Path out = RecordCommand.path(invocation, "-o");
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw invocation.misuse("-o", "a picture's name ends with .svg or .png");
        }
        Integer lines = invocation.number("--lines");
        if (lines != null && lines < 1) {
            throw invocation.misuse("--lines", "it is 1 or more");
        }
        Path file = RecordCommand.path(invocation, "FILE", String.valueOf(invocation.parameter()));
        PlotRequest request = new PlotRequest(
                file,
                out,
                invocation.texts("--domain"),
                lines == null ? 0 : lines,
                WatchOptions.denominator(invocation));
        // set before the first class of AWT is loaded, which would look for a screen
        System.setProperty("java.awt.headless", "true");
        try {
            Picture.draw(request, SafeText::of).ifPresent(invocation.diagnostics()::remark);
            return CommandLineTool.SUCCESS;
        } catch (PlotException nothing) {
            throw new CommandFailure(String.valueOf(nothing.getMessage()));
        } catch (IOException failed) {
            throw RecordCommand.failure(file, failed);
        }
    }
}
