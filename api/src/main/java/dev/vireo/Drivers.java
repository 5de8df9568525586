package dev.vireo;

import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of drivers, and how one of them is chosen. There is no global registration: take the installed ones, add some,
 * open.
 *
 * <p>The scheme of a URI picks the driver. Without a URI it is {@value #DEFAULT_URI_VARIABLE} of the environment, else
 * each driver is asked whether its hypervisor is here, by descending priority, then by name, never in the order of the
 * class path. Immutable and thread-safe.
 */
public final class Drivers {
    /** The environment variable that names the URI to open when none is given. */
    public static final String DEFAULT_URI_VARIABLE = "VIREO_DEFAULT_URI";

    // no comparator of Comparator's: theirs are serializable, which no archive of classes has, and cost a start 4 ms
    private static final Comparator<DriverEntry> ORDER = (one, other) -> {
        int byPriority = Integer.compare(
                other.description().priority(), one.description().priority());
        return byPriority != 0 ? byPriority : one.name().compareTo(other.name());
    };

    private final List<DriverEntry> entries;

    private Drivers(Collection<DriverEntry> entries) {
        this.entries = entries.stream().sorted(ORDER).toList();
    }

    /**
     * Finds the drivers that the current thread's class loader, and so the class path or module path, provides. One that
     * is broken harms no other; {@link #list()} tells why.
     *
     * @return the drivers that {@link java.util.ServiceLoader} finds
     */
    public static Drivers installed() {
        return new Drivers(DriverLoading.installed());
    }

    /**
     * Returns a set without any driver, to be filled by {@link #with} and {@link #withDirectory}.
     *
     * @return the empty set
     */
    public static Drivers none() {
        return new Drivers(List.of());
    }

    /**
     * Returns these drivers and one more. It takes the place of a driver of the same class that was found before.
     *
     * @param driver the driver
     * @return a new set
     */
    public Drivers with(HypervisorDriver driver) {
        List<DriverEntry> more = new ArrayList<>(entries);
        more.removeIf(
                entry -> entry.driver() != null && entry.driver().getClass().equals(driver.getClass()));
        return new Drivers(more).plus(driver);
    }

    /** Adds a driver beside those that are there, whatever their classes. */
    Drivers plus(HypervisorDriver driver) {
        List<DriverEntry> more = new ArrayList<>(entries);
        more.add(DriverEntry.of(driver, DriverLoading.location(driver.getClass(), "handed over")));
        return new Drivers(more);
    }

    /**
     * Returns these drivers and those of the jars in a directory. Each jar, and each folder of jars, has a class loader of
     * its own, whose parent is the one of this library; drivers are found by {@code META-INF/services}, and only those
     * that this loader itself defines count. What is no driver is listed with the file and the reason.
     *
     * <p>Such a loader is never closed while it has a driver, since nobody knows when the last connection, event or
     * origin of it is gone; it goes, with its open jars, when the garbage collector finds that nothing refers to the
     * driver any more. So call this once for a directory and keep the set, rather than once for each connection. A jar
     * that is replaced meanwhile is not read again.
     *
     * @param directory the directory; one that is not there is listed with the reason
     * @return a new set
     */
    public Drivers withDirectory(Path directory) {
        List<DriverEntry> more = new ArrayList<>(entries);
        more.addAll(DriverDirectory.load(directory));
        return new Drivers(more);
    }

    /**
     * Lists what was found, in the order in which drivers are asked, the broken ones too.
     *
     * @return a description of each
     */
    public List<InstalledDriver> list() {
        return entries.stream().map(DriverEntry::description).toList();
    }

    /**
     * Opens a read-only connection.
     *
     * @param uri which hypervisor
     * @return the connection
     * @throws HypervisorException as {@link #open(String, OpenOptions)}
     */
    public Connection open(String uri) {
        return open(uri, OpenOptions.defaults());
    }

    /**
     * Opens a connection with the driver of the URI's scheme.
     *
     * @param uri which hypervisor
     * @param options how to open it
     * @return the connection
     * @throws HypervisorException {@link ErrorCode#INVALID_ARG} if the URI or one of its options is malformed;
     *     {@link ErrorCode#NO_CONNECT} if no driver has its scheme, or the driver declined: each driver is listed with its
     *     reason; {@link ErrorCode#CONFIG_UNSUPPORTED} if two drivers have its scheme; else what the driver reports
     */
    public Connection open(String uri, OpenOptions options) {
        Objects.requireNonNull(options, "options");
        try {
            return openNamed(ConnectionUri.parse(uri), options);
        } catch (HypervisorException error) {
            throw options.tell("open", error);
        }
    }

    private Connection openNamed(ConnectionUri parsed, OpenOptions options) {
        DriverEntry entry = entryFor(parsed);
        Reasons reasons = new Reasons(entries);
        Connection connection = tryOpen(entry, parsed, options, reasons);
        if (connection == null) {
            throw error(ErrorCode.NO_CONNECT, "'" + parsed + "'" + reasons);
        }
        return connection;
    }

    /**
     * Opens a connection to the hypervisor that is here.
     *
     * @param options how to open it
     * @return the connection
     * @throws HypervisorException {@link ErrorCode#NO_CONNECT} if no driver opens one: each is listed with its reason;
     *     else as {@link #open(String, OpenOptions)}
     */
    public Connection openDefault(OpenOptions options) {
        return openDefault(System.getenv(DEFAULT_URI_VARIABLE), options);
    }

    Connection openDefault(@Nullable String defaultUri, OpenOptions options) {
        if (defaultUri != null && !defaultUri.isEmpty()) {
            return open(defaultUri, options);
        }
        try {
            return openProbed(options);
        } catch (HypervisorException error) {
            throw options.tell("open", error);
        }
    }

    private Connection openProbed(OpenOptions options) {
        Reasons reasons = new Reasons(entries);
        for (DriverEntry entry : entries) {
            Optional<ConnectionUri> uri = probe(entry, reasons);
            Connection connection = uri.isEmpty() ? null : tryOpen(entry, uri.get(), options, reasons);
            if (connection != null) {
                return connection;
            }
        }
        throw error(ErrorCode.NO_CONNECT, "this host; name one by URI or in " + DEFAULT_URI_VARIABLE + reasons);
    }

    private static Optional<ConnectionUri> probe(DriverEntry entry, Reasons reasons) {
        if (entry.driver() == null) {
            return Optional.empty();
        }
        try {
            Optional<ConnectionUri> uri = entry.driver().probe();
            if (uri.isEmpty()) {
                reasons.add(entry, "it sees nothing here that it would open unasked");
            }
            return uri;
        } catch (Throwable broken) {
            reasons.add(entry, "broken: " + ForeignCode.reasonOf(broken));
            return Optional.empty();
        }
    }

    private DriverEntry entryFor(ConnectionUri uri) {
        List<DriverEntry> fitting = entries.stream()
                .filter(entry -> entry.driver() != null)
                .filter(entry -> entry.description().uriSchemes().contains(uri.scheme()))
                .toList();
        if (fitting.isEmpty()) {
            throw error(
                    ErrorCode.NO_CONNECT,
                    "'" + uri + "': no driver has the scheme '" + uri.scheme() + "'" + new Reasons(entries));
        }
        if (fitting.size() > 1) {
            String names = fitting.stream()
                    .map(entry -> entry.name() + " (" + entry.description().location() + ")")
                    .collect(Collectors.joining(" and "));
            throw error(
                    ErrorCode.CONFIG_UNSUPPORTED,
                    "the scheme '" + uri.scheme() + "' has " + fitting.size() + " drivers, " + names
                            + "; take all but one off the class path, or out of their directory");
        }
        return fitting.get(0);
    }

    /** Returns null if the driver declined. */
    private static @Nullable Connection tryOpen(
            DriverEntry entry, ConnectionUri uri, OpenOptions options, Reasons reasons) {
        HypervisorDriver driver = Objects.requireNonNull(entry.driver());
        OpenResult result;
        try {
            result = Objects.requireNonNull(driver.open(uri, options), "the driver answered null");
        } catch (Throwable failed) {
            throw failure(entry, uri, ForeignCode.reasonOf(failed));
        }
        if (result instanceof OpenResult.Declined declined) {
            reasons.add(entry, "declined: " + declined.reason());
            return null;
        }
        return connect(entry, uri, options, ((OpenResult.Opened) result).session());
    }

    private static Connection connect(
            DriverEntry entry, ConnectionUri uri, OpenOptions options, DriverSession session) {
        try {
            DriverTable table = Objects.requireNonNull(session.table(), "the driver's table is null");
            requireDeclared(entry, table);
            return new Connection(new Dispatch(entry.name(), uri, options, session, table));
        } catch (Throwable failed) {
            closeAfter(failed, session);
            throw failure(entry, uri, ForeignCode.reasonOf(failed));
        }
    }

    private static void closeAfter(Throwable failed, DriverSession session) {
        try {
            session.close();
        } catch (Throwable alsoFailed) {
            // what failed first is what its user wants to know
            failed.addSuppressed(alsoFailed);
        }
    }

    private static void requireDeclared(DriverEntry entry, DriverTable table) {
        Set<Operation> undeclared = EnumSet.noneOf(Operation.class);
        undeclared.addAll(table.operations());
        undeclared.removeAll(entry.description().operations());
        if (!undeclared.isEmpty()) {
            throw error(
                    ErrorCode.INTERNAL_ERROR,
                    "the driver " + entry.name() + " has entries for " + undeclared
                            + ", which its operations() does not declare");
        }
    }

    private static HypervisorException failure(DriverEntry entry, ConnectionUri uri, Throwable failed) {
        return failed instanceof HypervisorException known
                ? known
                : HypervisorException.of(
                        ErrorCode.INTERNAL_ERROR,
                        entry.name(),
                        "the driver " + entry.name() + " failed to open '" + uri + "': " + failed,
                        failed);
    }

    private static HypervisorException error(ErrorCode code, String detail) {
        return HypervisorException.of(code, HypervisorException.LIBRARY, detail);
    }

    /** Collects why each driver did not open, for the error that nobody did. */
    private static final class Reasons {
        private final List<DriverEntry> entries;
        private final java.util.Map<DriverEntry, String> reasons = new java.util.HashMap<>();

        Reasons(List<DriverEntry> entries) {
            this.entries = entries;
        }

        void add(DriverEntry entry, String reason) {
            reasons.put(entry, reason);
        }

        @Override
        public String toString() {
            if (entries.isEmpty()) {
                return "; no driver is installed: put one on the class path or module path";
            }
            return entries.stream().map(this::line).collect(Collectors.joining());
        }

        private String line(DriverEntry entry) {
            String reason = entry.description()
                    .problem()
                    .map(problem -> "not usable here: " + problem)
                    .orElseGet(() -> reasons.getOrDefault(entry, "not asked"));
            return "\n  " + entry.name() + " [" + entry.description().schemesText() + "]: " + reason;
        }
    }
}
