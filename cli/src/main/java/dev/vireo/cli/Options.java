package dev.vireo.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What a command line says to one command. Options are named as {@link Command#describe} names them first. */
interface Options {
    boolean has(String option);

    /** Returns an option's value, null if it was not given. */
    @Nullable String text(String option);

    /** Returns an option's value, null if it was not given. */
    @Nullable Integer number(String option);

    /** Returns the values of an option that may be given several times. */
    List<String> texts(String option);

    /** Returns the one parameter that is no option, null if it was not given. */
    @Nullable String parameter();

    /** Returns the command as picocli sees it, to blame for a wrong option. */
    CommandLine commandLine();

    /** Returns the error that an option is wrong. Whoever throws it so need not have picocli loaded. */
    RuntimeException misuse(String message);
}
