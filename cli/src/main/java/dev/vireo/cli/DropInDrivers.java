package dev.vireo.cli;

import dev.vireo.Drivers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Directories whose jars are drivers: {@code drivers} beside the launcher, if it is there, and those that
 * {@value #VARIABLE} names, which must be there.
 *
 * @param directories all of them, in this order
 */
record DropInDrivers(List<Path> directories) {
    /** The environment variable that names more directories. */
    static final String VARIABLE = "VIREO_DRIVERS";

    private static final String HOME = "vireo.home";

    static DropInDrivers ofThisProcess() {
        return of(System.getProperty(HOME), System.getenv(VARIABLE));
    }

    static DropInDrivers of(@Nullable String home, @Nullable String named) {
        List<Path> directories = new ArrayList<>();
        if (home != null && Files.exists(Path.of(home, "drivers"))) {
            directories.add(Path.of(home, "drivers"));
        }
        if (named != null) {
            for (String directory : named.split(File.pathSeparator, -1)) {
                if (!directory.isEmpty()) {
                    directories.add(path(directory));
                }
            }
        }
        if (directories.isEmpty()) {
            return new DropInDrivers(List.of());
        }
        // one that is named twice, be it by a link, would have two drivers of each scheme
        return new DropInDrivers(
                directories.stream().map(DropInDrivers::place).distinct().toList());
    }

    private static Path place(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException notThere) {
            return directory.toAbsolutePath().normalize();
        }
    }

    private static Path path(String directory) {
        try {
            return Path.of(directory);
        } catch (InvalidPathException invalid) {
            throw new CommandFailure(VARIABLE + " names '" + directory + "', which is no path: " + invalid.getReason());
        }
    }

    Drivers addTo(Drivers drivers) {
        Drivers all = drivers;
        for (Path directory : directories) {
            all = all.withDirectory(directory);
        }
        return all;
    }
}
