package dev.vireo.it;

import dev.vireo.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The guests and control groups of one test. All of them end with the test, whatever fails, and with the JVM if it is
 * stopped in the middle; a failure shows what QEMU said.
 */
final class Scene implements BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler {
    private static final Duration KNOWN_LIMIT = Duration.ofSeconds(30);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<String, CProgram> programs = new HashMap<>();
    private final List<Guest> guests = new ArrayList<>();
    private final Thread atExit = new Thread(this::closeAllQuietly, "end guests");
    private Path directory;

    @Override
    public void beforeEach(ExtensionContext context) {
        Requirements.realGuest();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("vireo-it-");
            opened(() -> deleteTree(directory));
        }
        return directory;
    }

    /** Starts a busy guest with one vCPU, in groups of libvirt's layout. */
    PlacedGuest libvirtGuest(CgroupVersion version, LibvirtLayout layout) throws IOException {
        return libvirtGuest(version, layout, GuestSpec.of(GuestRom.SPINS));
    }

    PlacedGuest libvirtGuest(CgroupVersion version, LibvirtLayout layout, GuestSpec spec) throws IOException {
        Requirements.cgroup(version);
        return placeAsLibvirt(version, layout, start(spec));
    }

    /** Puts a running guest into groups of libvirt's layout. */
    PlacedGuest placeAsLibvirt(CgroupVersion version, LibvirtLayout layout, Guest guest) throws IOException {
        String name = guest.spec().name();
        int id = UniqueNames.nextLibvirtId();
        ControlGroup group = group(version, layout.group(id, name));
        group.moveAsLibvirt(guest);
        return placed(guest, layout.hasId() ? id : guest.pid(), version, group);
    }

    /** Starts a guest that nobody manages, alone in the group of a service. */
    PlacedGuest serviceGuest(CgroupVersion version, GuestSpec spec) throws IOException {
        Requirements.cgroup(version);
        Guest guest = start(spec);
        return place(version, plainGroup(version), guest);
    }

    /** Puts a running guest into a group that is not one of libvirt's. */
    PlacedGuest place(CgroupVersion version, ControlGroup group, Guest guest) throws IOException {
        group.move(guest.pid());
        return placed(guest, guest.pid(), version, group);
    }

    private PlacedGuest placed(Guest guest, int id, CgroupVersion version, ControlGroup group) throws IOException {
        GuestSpec spec = guest.spec();
        String name = spec.name().isEmpty() ? "qemu-" + guest.pid() : spec.name();
        IndependentReader kernel = IndependentReader.of(program("read_cgroup"), version, group);
        return new PlacedGuest(name, spec.uuid(), id, guest, group, kernel);
    }

    Guest start(GuestSpec spec) throws IOException {
        return startAll(List.of(spec)).get(0);
    }

    /** Starts guests, all at once. */
    List<Guest> startAll(List<GuestSpec> specs) throws IOException {
        List<Guest> started = new ArrayList<>();
        for (GuestSpec spec : specs) {
            Guest guest = opened(Guest.launch(directory(), spec));
            guests.add(guest);
            started.add(guest);
        }
        for (Guest guest : started) {
            guest.awaitUp();
        }
        return started;
    }

    /** Makes a group as that of a service, which tells nobody that a guest is in it. */
    ControlGroup plainGroup(CgroupVersion version) throws IOException {
        return group(version, UniqueNames.next() + "/plain.service");
    }

    ControlGroup group(CgroupVersion version, String path) throws IOException {
        Requirements.cgroup(version);
        return opened(ControlGroup.make(version, path));
    }

    /** Opens a connection that knows each guest of this scene by its name. */
    Connection connect() throws IOException {
        Connection connection = Connection.open(RealGuestContract.URI);
        try {
            awaitKnown(connection);
            return connection;
        } catch (IOException | RuntimeException | AssertionError failed) {
            connection.close();
            throw failed;
        }
    }

    /** On a busy host a command line may be slow in coming; until then a guest is called after its pid. */
    void awaitKnown(Connection connection) throws IOException {
        for (Guest guest : guests) {
            String name = guest.spec().name();
            if (guest.isRunning() && !name.isEmpty()) {
                Await.until(
                        name + " is known by name",
                        KNOWN_LIMIT,
                        () -> connection.findDomainByName(name).isPresent());
            }
        }
    }

    /** Starts a process that is busy for ever, and no guest. */
    Spinner spinner() throws IOException {
        return opened(Spinner.start());
    }

    /** Returns one of the programs in {@code src/test/c}; each is compiled once. */
    CProgram program(String name) throws IOException {
        CProgram program = programs.get(name);
        if (program == null) {
            program = CProgram.compile(directory(), name);
            programs.put(name, program);
        }
        return program;
    }

    ProcessClock clock(int pid) throws IOException {
        return new ProcessClock(program("process_clock"), pid);
    }

    /** Closes a resource with the test. */
    <T extends AutoCloseable> T opened(T resource) {
        synchronized (open) {
            open.push(resource);
        }
        return resource;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        for (Guest guest : guests) {
            failure.addSuppressed(new Throwable(guest.errors()));
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            closeAll();
        } finally {
            removeExitHook();
        }
    }

    private void removeExitHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException stopping) {
            // then it is running, and finds nothing to do
        }
    }

    /** Guests are killed before their groups are removed; what fails keeps nothing else from being closed. */
    private void closeAll() throws Exception {
        guests.forEach(Guest::kill);
        Exception failure = null;
        for (AutoCloseable next = nextToClose(); next != null; next = nextToClose()) {
            try {
                next.close();
            } catch (Exception | AssertionError failed) {
                failure = failure == null ? new IOException("could not clean up", failed) : failure;
                failure.addSuppressed(failed);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void closeAllQuietly() {
        try {
            closeAll();
        } catch (Exception failed) {
            System.err.println("could not clean up at exit: " + failed);
        }
    }

    private AutoCloseable nextToClose() {
        synchronized (open) {
            return open.poll();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
