package dev.vireo.driver.qemu.cgroup.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
    @TempDir
    private Path directory;

    private Path file;
    private Stamp stamp;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(directory.resolve("status é.xml"), "a");
        stamp = new Stamp(file);
    }

    @Test
    void theFirstLookIsAChangeAndTheNextIsNone() {
        assertTrue(stamp.hasChanged());
        assertFalse(stamp.hasChanged());
        assertFalse(stamp.hasChanged());
    }

    @Test
    void anotherSizeIsAChange() throws IOException {
        stamp.hasChanged();
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, "ab");
        Files.setLastModifiedTime(file, before);
        assertTrue(stamp.hasChanged());
        assertFalse(stamp.hasChanged());
    }

    @Test
    void anotherTimeOfChangeIsOneToTheNanosecond() throws IOException {
        stamp.hasChanged();
        FileTime before = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusNanos(1)));
        assertTrue(stamp.hasChanged());
        assertFalse(stamp.hasChanged());
    }

    @Test
    void aFileThatIsPutInItsPlaceIsAChange() throws IOException {
        stamp.hasChanged();
        Path other = Files.writeString(directory.resolve("new"), "a");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertTrue(stamp.hasChanged());
        assertFalse(stamp.hasChanged());
    }

    @Test
    void goingAndComingAreChanges() throws IOException {
        stamp.hasChanged();
        Files.delete(file);
        assertTrue(stamp.hasChanged());
        assertFalse(stamp.hasChanged());
        Files.writeString(file, "a");
        assertTrue(stamp.hasChanged());
        assertFalse(stamp.hasChanged());
    }

    @Test
    void whatIsNotThereIsSeenToBeMissingOnce() {
        Stamp none = new Stamp(directory.resolve("none"));
        assertTrue(none.hasChanged());
        assertFalse(none.hasChanged());
    }

    @Test
    void anEntryThatComesIntoADirectoryOrGoesIsAChange() throws IOException {
        Stamp entries = new Stamp(directory);
        entries.hasChanged();
        Path task = Files.createDirectory(directory.resolve("61"));
        assertTrue(entries.hasChanged());
        Files.delete(task);
        assertTrue(entries.hasChanged());
        assertFalse(entries.hasChanged());
    }

    @Test
    void aThreadOfThisProcessThatStartsIsAChangeOfItsTasks() throws InterruptedException {
        Stamp tasks = new Stamp(Path.of("/proc/self/task"));
        java.util.concurrent.CountDownLatch ends = new java.util.concurrent.CountDownLatch(1);
        Thread[] threads = new Thread[50];
        tasks.hasChanged();
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                try {
                    ends.await();
                } catch (InterruptedException none) {
                    Thread.currentThread().interrupt();
                }
            });
            threads[i].start();
        }
        // more than the JVM's own threads can have ended meanwhile
        assertTrue(tasks.hasChanged());
        ends.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
