package dev.vireo.cli;

import dev.vireo.Drivers;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the drivers of the class path by a list of their classes that was made with the command. A {@link
 * java.util.ServiceLoader} would open every jar to look for such lists, which takes longer than the rest of its work.
 */
final class ListedDrivers extends ClassLoader {
    /** The system property that names the list; without it each jar is looked at. */
    static final String PROPERTY = "vireo.drivers.list";

    private static final String FILE = "META-INF/services/dev.vireo.spi.HypervisorDriver";

    private final URL list;

    private ListedDrivers(URL list) {
        super(ListedDrivers.class.getClassLoader());
        this.list = list;
    }

    static Drivers installed() {
        String list = System.getProperty(PROPERTY);
        return list == null ? Drivers.installed() : installed(Path.of(list));
    }

    static Drivers installed(Path list) {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(new ListedDrivers(list.toUri().toURL()));
            return Drivers.installed();
        } catch (MalformedURLException noFile) {
            throw new CommandFailure(PROPERTY + " names '" + list + "', which is no file: " + noFile.getMessage());
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    /** Writes the list: the jars' own, one after the other. */
    static void write(Path list) throws IOException {
        StringBuilder names = new StringBuilder();
        for (URL jar : Collections.list(ListedDrivers.class.getClassLoader().getResources(FILE))) {
            try (var lines = jar.openStream()) {
                names.append(new String(lines.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                        .append('\n');
            }
        }
        Files.writeString(list, names);
    }

    @Override
    public Enumeration<URL> getResources(@Nullable String name) throws IOException {
        return FILE.equals(name) ? Collections.enumeration(List.of(list)) : super.getResources(name);
    }
}
