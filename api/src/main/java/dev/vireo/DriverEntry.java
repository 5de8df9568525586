package dev.vireo;

import dev.vireo.spi.HypervisorDriver;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
            int level = driver.level();
            Optional<String> problem = levelProblem(level);
            String name = Objects.requireNonNull(driver.name(), "its name is null");
            if (name.isBlank()) {
                return broken(driver.getClass().getName(), location, "its name is blank");
            }
            Set<String> schemes = Set.copyOf(driver.uriSchemes());
            // a driver of a later level may name operations that are not here, so that asking for them fails
            Set<Operation> operations = problem.isEmpty() ? upToLevel(level, driver.operations()) : Set.of();
            InstalledDriver description = new InstalledDriver(
                    name,
                    schemes,
                    operations,
                    level,
                    driver.priority(),
                    location,
                    problem.or(() -> schemeProblem(schemes)));
            return new DriverEntry(description.problem().isEmpty() ? driver : null, description);
        } catch (Throwable broken) {
            return broken(
                    driver.getClass().getName(),
                    location,
                    "it does not describe itself: " + ForeignCode.reasonOf(broken) + DriverLoading.advice(broken));
        }
    }

    static DriverEntry broken(String name, String location, String problem) {
        return new DriverEntry(
                null, new InstalledDriver(name, Set.of(), Set.of(), 0, 0, location, Optional.of(problem)));
    }

    String name() {
        return description.name();
    }

    /** A driver that says EnumSet.allOf means all that there was when it was compiled. */
    private static Set<Operation> upToLevel(int level, Set<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation.level() <= level)
                .collect(Collectors.toSet());
    }

    private static Optional<String> schemeProblem(Set<String> schemes) {
        return schemes.stream()
                .filter(scheme -> !ConnectionUri.isScheme(scheme))
                .sorted()
                .findFirst()
                .map(scheme -> "no URI can have its scheme '" + scheme
                        + "'; a scheme is a lower-case letter, and then those, digits, '+', '.' and '-'");
    }

    private static Optional<String> levelProblem(int level) {
        if (level >= 1 && level <= HypervisorDriver.LEVEL) {
            return Optional.empty();
        }
        return Optional.of("it is of level " + level + " of the driver interface, and this vireo-api knows levels 1 to "
                + HypervisorDriver.LEVEL + "; use a later vireo-api");
    }
}
