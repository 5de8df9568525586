package dev.vireo.it.violations;

import dev.vireo.it.violations.spi.Session;
import java.util.List;

/** Breaks the rule that callers see nothing of the drivers' side, inside of another type too. */
public final class ExposesAnSpiType {
    private ExposesAnSpiType() {}

    public static List<Session> sessions() {
        return List.of();
    }
}
