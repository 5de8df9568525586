package dev.vireo.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What picocli made of a command line.
 *
 * @param result the command's part of it
 */
record ParsedOptions(ParseResult result) implements Options {
    @Override
    public boolean has(String option) {
        return result.hasMatchedOption(option);
    }

    @Override
    public @Nullable String text(String option) {
        return has(option) ? result.<String>matchedOptionValue(option, "") : null;
    }

    @Override
    public @Nullable Integer number(String option) {
        return has(option) ? result.<Integer>matchedOptionValue(option, 0) : null;
    }

    @Override
    public List<String> texts(String option) {
        return result.matchedOptionValue(option, List.of());
    }

    @Override
    public @Nullable String parameter() {
        return result.hasMatchedPositional(0) ? result.<String>matchedPositionalValue(0, "") : null;
    }

    @Override
    public CommandLine commandLine() {
        return result.commandSpec().commandLine();
    }

    @Override
    public RuntimeException misuse(String message) {
        return new ParameterException(commandLine(), message);
    }
}
