package dev.vireo;

import dev.vireo.spi.HypervisorDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Finds the drivers of a directory. Each jar, and each folder of jars, gets a class loader of its own, so that drivers do
 * not see one another.
 */
final class DriverDirectory {
    private DriverDirectory() {}

    static List<DriverEntry> load(Path directory) {
        List<DriverEntry> entries = new ArrayList<>();
        try {
            for (Path file : filesOf(directory)) {
                entries.addAll(fromFile(file));
            }
        } catch (NotDirectoryException file) {
            entries.add(broken(directory, "it is no directory; name the one that it lies in"));
        } catch (IOException | UncheckedIOException unreadable) {
            entries.add(broken(directory, "the directory cannot be read: " + unreadable));
        }
        return entries;
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            // hidden files are what file managers and editors leave, meant for nobody
            return files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static List<DriverEntry> fromFile(Path file) {
        try {
            List<Path> jars = jarsOf(file);
            return jars.isEmpty() ? List.of(broken(file, whyNoJar(file))) : fromJars(file, jars);
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of(broken(file, "it cannot be read: " + unreadable));
        }
    }

    private static List<Path> jarsOf(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return isJar(file) ? List.of(file) : List.of();
        }
        return filesOf(file).stream().filter(DriverDirectory::isJar).toList();
    }

    private static boolean isJar(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".jar") && Files.isRegularFile(file);
    }

    private static String whyNoJar(Path file) {
        if (!Files.exists(file)) {
            return "it is a link to something that is not there";
        }
        return Files.isDirectory(file)
                ? "it is a folder without a jar"
                : "it is not a jar (a file named *.jar) and not a folder of jars";
    }

    private static List<DriverEntry> fromJars(Path file, List<Path> jars) throws IOException {
        List<DriverEntry> entries = new ArrayList<>();
        List<Path> whole = new ArrayList<>();
        for (Path jar : jars) {
            // a class loader passes over a file that is no jar without a word
            whyUnreadable(jar).ifPresentOrElse(problem -> entries.add(broken(jar, problem)), () -> whole.add(jar));
        }
        if (!whole.isEmpty()) {
            entries.addAll(fromWholeJars(file, whole));
        }
        return entries;
    }

    private static Optional<String> whyUnreadable(Path jar) {
        try {
            new JarFile(jar.toFile()).close();
            return Optional.empty();
        } catch (IOException | SecurityException | UnsupportedOperationException unreadable) {
            return Optional.of("it cannot be read as a jar: " + unreadable);
        }
    }

    private static List<DriverEntry> fromWholeJars(Path file, List<Path> jars) throws IOException {
        URLClassLoader loader = new URLClassLoader(urls(jars), DriverDirectory.class.getClassLoader());
        List<DriverEntry> entries = new ArrayList<>();
        for (String provider : ProviderNames.of(loader)) {
            entries.add(fromProvider(file, loader, provider));
        }
        // open as long as a driver is in use, which nobody tells
        if (entries.stream().allMatch(entry -> entry.driver() == null)) {
            loader.close();
        }
        return entries.isEmpty() ? List.of(broken(file, "no driver is named in its " + ProviderNames.FILE)) : entries;
    }

    private static DriverEntry fromProvider(Path file, ClassLoader loader, String name) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (type.getClassLoader() != loader) {
                return broken(
                        file,
                        "its " + name + " is the application's already, from "
                                + DriverLoading.location(type, "its own libraries"));
            }
            HypervisorDriver driver =
                    type.asSubclass(HypervisorDriver.class).getConstructor().newInstance();
            return DriverEntry.of(driver, DriverLoading.location(type, file.toString()));
        } catch (Throwable thrown) {
            return broken(file, whyNotMade(name, ForeignCode.reasonOf(thrown)));
        }
    }

    private static String whyNotMade(String name, Throwable reason) {
        if (reason instanceof ClassNotFoundException) {
            return "its " + ProviderNames.FILE + " names " + name + ", and there is no such class";
        }
        if (reason instanceof ClassCastException) {
            return "its " + name + " does not implement " + HypervisorDriver.class.getName();
        }
        if (reason instanceof NoSuchMethodException || reason instanceof IllegalAccessException) {
            return "its " + name + " is not a public class with a public constructor without parameters";
        }
        // the constructor's own failure comes wrapped, and may be the end of the process
        Throwable own = reason instanceof InvocationTargetException && reason.getCause() != null
                ? ForeignCode.reasonOf(reason.getCause())
                : reason;
        return "its " + name + " cannot be made: " + DriverLoading.text(own);
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    private static DriverEntry broken(Path file, String problem) {
        return DriverEntry.broken(String.valueOf(file.getFileName()), file.toString(), problem);
    }
}
