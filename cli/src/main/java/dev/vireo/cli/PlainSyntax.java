package dev.vireo.cli;

import java.util.List;

/**
 * A command's options in their plainest form, for {@link PlainLine}: a subset of what {@link Command#describe} says.
 *
 * @param flags the options without a value
 * @param numbers the options whose value is a number that is not negative
 * @param texts the options with any other value
 * @param hasParameter whether exactly one parameter is wanted; else none is
 */
record PlainSyntax(List<String> flags, List<String> numbers, List<String> texts, boolean hasParameter) {
    static PlainSyntax withoutParameter(String... flags) {
        return new PlainSyntax(List.of(flags), List.of(), List.of(), false);
    }

    static PlainSyntax withParameter(String... flags) {
        return new PlainSyntax(List.of(flags), List.of(), List.of(), true);
    }
}
