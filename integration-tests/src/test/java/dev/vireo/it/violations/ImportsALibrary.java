package dev.vireo.it.violations;

import org.junit.jupiter.api.Tag;

/** Breaks the rule that the api imports nothing but the JDK. */
@Tag("library")
final class ImportsALibrary {
    private ImportsALibrary() {}
}
