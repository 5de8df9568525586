package dev.vireo.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows the commands by name. */
final class Commands {
    static final List<String> NAMES = List.of(
            "list",
            "cpu-stats",
            "vcpus",
            "schedinfo",
            "vcpupin",
            "node",
            "accounting",
            "top",
            "record",
            "plot",
            "serve",
            "drivers",
            "completion",
            "help");

    private Commands() {}

    /** Returns a new command, null if there is none of this name. */
    static @Nullable Command find(String name) {
        return switch (name) {
            case "cpu-stats" -> new CpuStatsCommand();
            case "list" -> new ListCommand();
            case "vcpus" -> new VcpusCommand();
            case "schedinfo" -> new SchedInfoCommand();
            case "vcpupin" -> new VcpuPinCommand();
            case "node" -> new NodeCommand();
            case "accounting" -> new AccountingCommand();
            case "top" -> new TopCommand();
            case "record" -> new RecordCommand();
            case "plot" -> new PlotCommand();
            case "serve" -> new ServeCommand();
            case "drivers" -> new DriversCommand();
            case "completion" -> new CompletionCommand();
            case "help" -> new HelpCommand();
            default -> null;
        };
    }

    /**
     * Finds the word of a command line that is meant as the command's name, before anything is parsed: describing one
     * command is several times faster than describing all.
     *
     * @return the first word that is neither an option nor the value of {@code -c}, null if there is none
     */
    static @Nullable String wordIn(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("-c") || args[i].equals("--connect")) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return args[i];
            }
        }
        return null;
    }
}
