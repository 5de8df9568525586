package dev.vireo;

import dev.vireo.spi.HypervisorDriver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds drivers by {@link ServiceLoader}; a provider that is broken becomes an entry with its reason. */
final class DriverLoading {
    // hasNext() may fail for ever without moving on
    private static final int MAX_FAILURES = 100;
    // nor need a chain of causes end
    private static final int MAX_CAUSES = 10;

    private DriverLoading() {}

    static List<DriverEntry> installed() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? DriverLoading.class.getClassLoader() : context;
        return load(ServiceLoader.load(HypervisorDriver.class, loader), driver -> true, "class path");
    }

    /** Each jar, and each folder of jars, gets a class loader of its own, so that drivers do not see one another. */
    static List<DriverEntry> directory(Path directory) {
        List<DriverEntry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                entries.addAll(fromFile(file));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            entries.add(DriverEntry.broken(
                    directory.toString(), directory.toString(), "the directory cannot be read: " + unreadable));
        }
        return entries;
    }

    private static List<DriverEntry> fromFile(Path file) {
        try {
            List<Path> jars = jarsOf(file);
            return jars.isEmpty()
                    ? List.of(broken(file, "it is not a jar and not a folder of jars"))
                    : fromJars(file, jars);
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of(broken(file, "it cannot be read: " + unreadable));
        }
    }

    private static List<Path> jarsOf(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return isJar(file) ? List.of(file) : List.of();
        }
        try (Stream<Path> files = Files.list(file)) {
            return files.filter(DriverLoading::isJar).sorted().toList();
        }
    }

    private static List<DriverEntry> fromJars(Path file, List<Path> jars) throws IOException {
        ClassLoader parent = DriverLoading.class.getClassLoader();
        URLClassLoader loader = new URLClassLoader(urls(jars), parent);
        // a child's ServiceLoader yields its parents' providers again, the broken ones too
        Set<String> ofParents = load(ServiceLoader.load(HypervisorDriver.class, parent), driver -> false, "").stream()
                .flatMap(entry -> entry.description().problem().stream())
                .collect(Collectors.toSet());
        List<DriverEntry> entries = load(
                        ServiceLoader.load(HypervisorDriver.class, loader),
                        driver -> driver.getClass().getClassLoader() == loader,
                        file.toString())
                .stream()
                .filter(entry -> entry.description()
                        .problem()
                        .filter(ofParents::contains)
                        .isEmpty())
                .toList();
        // open as long as a driver is in use, which nobody tells
        if (entries.stream().allMatch(entry -> entry.driver() == null)) {
            loader.close();
        }
        return entries.isEmpty()
                ? List.of(
                        broken(file, "no driver is named in its META-INF/services/" + HypervisorDriver.class.getName()))
                : entries;
    }

    private static List<DriverEntry> load(
            ServiceLoader<HypervisorDriver> loader, Predicate<HypervisorDriver> wanted, String fallbackLocation) {
        List<DriverEntry> entries = new ArrayList<>();
        Iterator<HypervisorDriver> providers = loader.iterator();
        int failures = 0;
        while (failures < MAX_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    return entries;
                }
                HypervisorDriver driver = providers.next();
                if (wanted.test(driver)) {
                    entries.add(DriverEntry.of(driver, location(driver, fallbackLocation)));
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError broken) {
                failures++;
                String problem = text(broken);
                if (entries.stream()
                        .noneMatch(entry -> entry.description()
                                .problem()
                                .filter(problem::equals)
                                .isPresent())) {
                    entries.add(DriverEntry.broken("a provider", fallbackLocation, problem));
                }
            }
        }
        return entries;
    }

    /** The reason lies at the bottom: an initialiser's failure is wrapped twice. */
    private static String text(Throwable broken) {
        StringBuilder text = new StringBuilder(broken.toString());
        Throwable cause = broken.getCause();
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            text.append(", caused by ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static DriverEntry broken(Path file, String problem) {
        return DriverEntry.broken(String.valueOf(file.getFileName()), file.toString(), problem);
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar") && Files.isRegularFile(file);
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    static String location(HypervisorDriver driver, String fallback) {
        CodeSource source = driver.getClass().getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return fallback;
        }
        String path = source.getLocation().getPath();
        return path.endsWith(File.separator) ? path.substring(0, path.length() - 1) : path;
    }
}
