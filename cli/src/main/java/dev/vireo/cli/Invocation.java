package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Drivers;
import dev.vireo.OpenOptions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** One run of a command: its options, its connection, opened when it is first asked for, and where its output goes. */
final class Invocation implements AutoCloseable {
    private final Options options;
    private final @Nullable String uri;
    private final boolean debug;
    private final StandardOutput standardOutput;
    private final Diagnostics diagnostics;
    private final StringBuilder out = new StringBuilder();
    private @Nullable Drivers drivers;
    private @Nullable Connection connection;

    Invocation(
            Options options,
            @Nullable String uri,
            boolean debug,
            @Nullable Drivers drivers,
            StandardOutput standardOutput,
            Diagnostics diagnostics) {
        this.options = options;
        this.uri = uri;
        this.debug = debug;
        this.drivers = drivers;
        this.standardOutput = standardOutput;
        this.diagnostics = diagnostics;
    }

    boolean has(String option) {
        return options.has(option);
    }

    @Nullable Integer number(String option) {
        return options.number(option);
    }

    @Nullable String text(String option) {
        return options.text(option);
    }

    /** Returns the values of an option that may be given several times. */
    List<String> texts(String option) {
        return options.texts(option);
    }

    @Nullable String parameter() {
        return options.parameter();
    }

    /** Returns the command as picocli sees it, to blame for a wrong option. */
    CommandLine commandLine() {
        return options.commandLine();
    }

    /** Returns the error that an option is wrong, to be thrown. */
    RuntimeException misuse(String message) {
        return options.misuse(message);
    }

    /** Returns the error that an option's value is wrong, to be thrown. */
    RuntimeException misuse(String option, String why) {
        return misuse("Invalid value for " + option + ": " + why);
    }

    boolean isJson() {
        return has("--json");
    }

    boolean namesConnection() {
        return uri != null;
    }

    /** Returns the buffer for standard output; text goes in safe, line feeds are layout. */
    StringBuilder out() {
        return out;
    }

    /**
     * Prints what is in the buffer; what is left in it when the command ends is printed then.
     *
     * @return whether somebody still reads
     */
    boolean flush() {
        boolean isRead = standardOutput.print(out);
        out.setLength(0);
        return isRead;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    Drivers drivers() {
        if (drivers == null) {
            drivers = DropInDrivers.ofThisProcess().addTo(ListedDrivers.installed());
        }
        return drivers;
    }

    /** Returns the connection; it is read-only unless one that can write was asked for first. */
    Connection connection() {
        return connection(options());
    }

    /** Returns the connection; where it is opened by this, as somebody wants it. */
    Connection connection(UnaryOperator<OpenOptions> how) {
        return connection(how.apply(options()));
    }

    Connection writableConnection() {
        return connection(options().readWrite());
    }

    private Connection connection(OpenOptions how) {
        if (connection == null) {
            connection = uri == null ? drivers().openDefault(how) : drivers().open(uri, how);
            if (debug) {
                diagnostics.debug("opened " + connection.uri() + " with the driver " + connection.driverName());
            }
        }
        return connection;
    }

    /** Opens another connection to what {@link #connection()} was to, and asks nobody for anything. The caller closes it. */
    Connection reopen() {
        return reopen(UnaryOperator.identity());
    }

    Connection reopen(UnaryOperator<OpenOptions> how) {
        return drivers().open(connection().uri().text(), how.apply(OpenOptions.defaults()));
    }

    /** Asks at the terminal for what a hypervisor wants to know, where there is one. */
    private static OpenOptions options() {
        OpenOptions options = OpenOptions.defaults();
        return TerminalAuthentication.ofThisProcess()
                .map(options::authentication)
                .orElse(options);
    }

    Domain domain() {
        return DomainLookup.find(connection(), String.valueOf(parameter()));
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
