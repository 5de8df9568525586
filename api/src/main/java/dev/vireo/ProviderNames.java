package dev.vireo;

import dev.vireo.spi.HypervisorDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads which classes the jars of one class loader name as drivers. A {@link java.util.ServiceLoader} would make the
 * parents' drivers again, and cannot tell a class that the parents have from one that nobody named.
 */
final class ProviderNames {
    /** The file that names them. */
    static final String FILE = "META-INF/services/" + HypervisorDriver.class.getName();

    private ProviderNames() {}

    static Set<String> of(URLClassLoader loader) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (URL file : Collections.list(loader.findResources(FILE))) {
            read(file, names);
        }
        return names;
    }

    private static void read(URL file, Set<String> names) throws IOException {
        URLConnection connection = file.openConnection();
        // a cached jar would stay open when its loader is closed
        connection.setUseCaches(false);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
    }
}
