package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Drivers;
import dev.vireo.OpenOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** One run of a command: its options, its connection, opened when it is first asked for, and where its output goes. */
final class Invocation implements AutoCloseable {
    private final Options options;
    private final @Nullable String uri;
    private final boolean debug;
    private final OutputStream output;
    private final Diagnostics diagnostics;
    private final StringBuilder out = new StringBuilder();
    private @Nullable Drivers drivers;
    private @Nullable Connection connection;

    Invocation(
            Options options,
            @Nullable String uri,
            boolean debug,
            @Nullable Drivers drivers,
            OutputStream output,
            Diagnostics diagnostics) {
        this.options = options;
        this.uri = uri;
        this.debug = debug;
        this.drivers = drivers;
        this.output = output;
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

    /** Hands over what the buffer holds; returns false if nobody reads any more, which is no news to anybody. */
    boolean flush() {
        try {
            output.write(out.toString().getBytes(StandardCharsets.UTF_8));
            output.flush();
            out.setLength(0);
            return true;
        } catch (IOException nobodyReads) {
            out.setLength(0);
            return false;
        }
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
        return drivers().open(connection().uri().text(), OpenOptions.defaults());
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
