package dev.vireo;

import dev.vireo.spi.HypervisorDriver;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A driver beside what it says of itself, asked once and with care: a stranger's code may fail anywhere.
 *
 * @param driver the driver, null if it cannot be used
 * @param description what is known of it
 */
record DriverEntry(@Nullable HypervisorDriver driver, InstalledDriver description) {
    static DriverEntry of(HypervisorDriver driver, String location) {
        try {
            InstalledDriver description = new InstalledDriver(
                    driver.name(),
                    driver.uriSchemes(),
                    driver.operations(),
                    driver.level(),
                    driver.priority(),
                    location,
                    levelProblem(driver.level()));
            return new DriverEntry(description.problem().isEmpty() ? driver : null, description);
        } catch (RuntimeException | LinkageError broken) {
            return broken(driver.getClass().getName(), location, "it does not describe itself: " + broken);
        }
    }

    static DriverEntry broken(String name, String location, String problem) {
        return new DriverEntry(
                null, new InstalledDriver(name, Set.of(), Set.of(), 0, 0, location, Optional.of(problem)));
    }

    String name() {
        return description.name();
    }

    private static Optional<String> levelProblem(int level) {
        if (level >= 1 && level <= HypervisorDriver.LEVEL) {
            return Optional.empty();
        }
        return Optional.of("it is of level " + level + " of the driver interface, and this vireo-api knows levels 1 to "
                + HypervisorDriver.LEVEL + "; use a later vireo-api");
    }
}
