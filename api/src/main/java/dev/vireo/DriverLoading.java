package dev.vireo;

import dev.vireo.spi.HypervisorDriver;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds drivers by {@link ServiceLoader}; a provider that is broken becomes an entry with its reason. */
final class DriverLoading {
    // hasNext() may fail for ever without moving on
    private static final int MAX_FAILURES = 100;
    // nor need a chain of causes end
    private static final int MAX_CAUSES = 10;

    private static final String FALLBACK_LOCATION = "class path";

    private DriverLoading() {}

    static List<DriverEntry> installed() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? DriverLoading.class.getClassLoader() : context;
        return load(ServiceLoader.load(HypervisorDriver.class, loader));
    }

    private static List<DriverEntry> load(ServiceLoader<HypervisorDriver> loader) {
        List<DriverEntry> entries = new ArrayList<>();
        Iterator<HypervisorDriver> providers = loader.iterator();
        int failures = 0;
        while (failures < MAX_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    return entries;
                }
                HypervisorDriver driver = providers.next();
                entries.add(DriverEntry.of(driver, location(driver.getClass(), FALLBACK_LOCATION)));
            } catch (Throwable broken) {
                failures++;
                String problem = text(ForeignCode.reasonOf(broken));
                if (entries.stream()
                        .noneMatch(entry -> entry.description()
                                .problem()
                                .filter(problem::equals)
                                .isPresent())) {
                    entries.add(DriverEntry.broken("a provider", FALLBACK_LOCATION, problem));
                }
            }
        }
        return entries;
    }

    /** The reason lies at the bottom: an initialiser's failure is wrapped twice. */
    static String text(Throwable broken) {
        StringBuilder text = new StringBuilder(broken.toString());
        Throwable last = broken;
        Throwable cause = broken.getCause();
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            text.append(", caused by ").append(cause);
            last = cause;
            cause = cause.getCause();
        }
        return text.append(advice(last)).toString();
    }

    /** A driver of a later level may fail before it can say so: its initialiser names an operation that is not here. */
    static String advice(Throwable reason) {
        boolean isOfOurs = reason instanceof NoClassDefFoundError
                && String.valueOf(reason.getMessage()).startsWith("dev/vireo/");
        return isOfOurs || reason instanceof IncompatibleClassChangeError
                ? "; if it was compiled against a later vireo-api than this one, which has level "
                        + HypervisorDriver.LEVEL + ", use that"
                : "";
    }

    static String location(Class<?> type, String fallback) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return fallback;
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notAFile) {
            return source.getLocation().toString();
        }
    }
}
