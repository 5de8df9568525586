package dev.vireo.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A command line that is right and plain, understood without picocli, whose classes take as long to load as the rest of
 * the command. Plain is what people and scripts type all day: whole option names, each once, values as words of their
 * own. Everything else, each wrong line among it, is left to picocli, so that there is one place where errors are told.
 */
final class PlainLine implements Options {
    private static final String CONNECT = "-c";
    private static final String DEBUG = "--debug";
    // nine digits fit into an int
    private static final int MAX_DIGITS = 9;

    private final String[] args;
    private final String name;
    private final Command command;
    private final PlainSyntax syntax;
    private final Map<String, String> given = new HashMap<>();
    private @Nullable String parameter;

    private PlainLine(String[] args, String name, Command command, PlainSyntax syntax) {
        this.args = args;
        this.name = name;
        this.command = command;
        this.syntax = syntax;
    }

    /** Returns null if picocli is to look at the line. */
    static @Nullable PlainLine of(String[] args) {
        String name = Commands.wordIn(args);
        Command command = name == null ? null : Commands.find(name);
        PlainSyntax syntax = command == null ? null : command.plainSyntax();
        if (name == null || command == null || syntax == null) {
            return null;
        }
        PlainLine line = new PlainLine(args, name, command, syntax);
        return line.isUnderstood() ? line : null;
    }

    private boolean isUnderstood() {
        boolean isNamed = false;
        for (int i = 0; i < args.length; i++) {
            String option = args[i].equals("--connect") ? CONNECT : args[i];
            if (!isNamed && option.equals(name)) {
                isNamed = true;
            } else if (option.startsWith("-")) {
                boolean isFlag =
                        option.equals(DEBUG) || (isNamed && syntax.flags().contains(option));
                String value = isFlag ? "" : i + 1 < args.length ? args[++i] : null;
                if (value == null || !(isFlag || isValue(option, value, isNamed)) || given.put(option, value) != null) {
                    return false;
                }
            } else if (parameter != null || !isWord(option)) {
                return false;
            } else {
                parameter = option;
            }
        }
        return (parameter != null) == syntax.hasParameter();
    }

    private boolean isValue(String option, String value, boolean isNamed) {
        if (isNamed && syntax.numbers().contains(option)) {
            return isNumber(value);
        }
        return (option.equals(CONNECT) || (isNamed && syntax.texts().contains(option))) && isWord(value);
    }

    /** An @ names a file of arguments, and the name of a command may be one. */
    private static boolean isWord(String text) {
        return !text.isEmpty() && text.charAt(0) != '-' && text.charAt(0) != '@' && !Commands.NAMES.contains(text);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.equals("0") || (!text.isEmpty() && text.length() <= MAX_DIGITS && text.charAt(0) != '0');
    }

    Command command() {
        return command;
    }

    @Nullable String uri() {
        return given.get(CONNECT);
    }

    boolean isDebug() {
        return given.containsKey(DEBUG);
    }

    @Override
    public boolean has(String option) {
        return given.containsKey(option);
    }

    @Override
    public @Nullable String text(String option) {
        return given.get(option);
    }

    @Override
    public @Nullable Integer number(String option) {
        String value = given.get(option);
        return value == null ? null : Integer.valueOf(value);
    }

    @Override
    public List<String> texts(String option) {
        String value = given.get(option);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public @Nullable String parameter() {
        return parameter;
    }

    @Override
    public CommandLine commandLine() {
        return parsed().commandLine();
    }

    @Override
    public RuntimeException misuse(String message) {
        return parsed().misuse(message);
    }

    private ParsedOptions parsed() {
        return new ParsedOptions(Specs.tool(name).parseArgs(args).subcommand());
    }
}
