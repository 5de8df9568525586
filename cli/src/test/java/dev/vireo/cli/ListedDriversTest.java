package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Drivers;
import dev.vireo.InstalledDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedDriversTest {
    @TempDir
    private Path directory;

    @Test
    void theWrittenListFindsTheDriversThatTheClassPathHas() throws IOException {
        Path list = directory.resolve("drivers");
        ListedDrivers.write(list);
        assertTrue(Drivers.installed().list().size() > 1, "the class path should have drivers");
        assertEquals(Drivers.installed().list(), ListedDrivers.installed(list).list());
    }

    @Test
    void onlyWhatIsListedIsFound() throws IOException {
        Path list = Files.writeString(directory.resolve("drivers"), "dev.vireo.driver.test.TestDriver\n");
        assertEquals(
                java.util.List.of("test"),
                ListedDrivers.installed(list).list().stream()
                        .map(InstalledDriver::name)
                        .toList());
    }

    @Test
    void aDriverThatIsListedButNotThereIsShownWithTheReason() throws IOException {
        Path list = Files.writeString(directory.resolve("drivers"), "no.such.Driver\n");
        InstalledDriver broken = ListedDrivers.installed(list).list().get(0);
        assertTrue(broken.problem().orElse("").contains("no.such.Driver"), broken::toString);
    }

    @Test
    void theContextClassLoaderIsAsBefore() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Path list = Files.writeString(directory.resolve("drivers"), "dev.vireo.driver.test.TestDriver\n");
        ListedDrivers.installed(list);
        assertSame(before, Thread.currentThread().getContextClassLoader());
    }
}
