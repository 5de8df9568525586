package dev.vireo.driver.qemu.cgroup.reading;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each is tried with a file that stays open (a budget of 1) and with one that is opened for each reading (0). */
class KernelFileTest {
    @TempDir
    private Path directory;

    private final KernelText text = new KernelText();
    private Path path;

    @BeforeEach
    void makeFile() throws IOException {
        path = Files.writeString(directory.resolve("cpuacct.usage"), "42\n");
    }

    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted();
    }

    private long read(KernelFile file) throws IOException {
        file.read(text);
        return text.nextUnsigned();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void itIsReadAsItIsNow(int budget) throws IOException {
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(budget))) {
            assertEquals(42, read(file));
            Files.writeString(path, "43\n");
            assertEquals(43, read(file));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aThreadThatComesInterruptedReadsAndStaysSo(int budget) throws IOException {
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(budget))) {
            for (int i = 0; i < 3; i++) {
                Thread.currentThread().interrupt();
                assertEquals(42, read(file));
                assertTrue(Thread.interrupted(), "the interrupt is kept for whoever waits for it");
                assertEquals(42, read(file));
                assertFalse(Thread.interrupted(), "and nobody else gets one");
            }
            assertEquals(budget == 1, file.isSameSinceOpen(), "an interrupt that was there before closes nothing");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anInterruptedThreadOpensAFileToo(int budget) throws IOException {
        Thread.currentThread().interrupt();
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(budget))) {
            assertEquals(42, read(file));
            assertTrue(Thread.interrupted());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aThousandInterruptsFromAnotherThreadSpoilNoReading(int budget) throws Exception {
        Thread reader = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> {
            for (int i = 0; i < 1_000; i++) {
                reader.interrupt();
                Thread.onSpinWait();
            }
            done.set(true);
        });
        boolean sawInterrupt = false;
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(budget))) {
            other.start();
            while (!done.get()) {
                assertEquals(42, read(file));
                sawInterrupt |= Thread.interrupted();
            }
            assertEquals(42, read(file));
        }
        sawInterrupt |= Thread.interrupted();
        other.join();
        assertTrue(sawInterrupt, "interrupts reach the reader's caller");
    }

    @Test
    void anOpenFileStaysTheOneThatWasOpened() throws IOException {
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(1))) {
            Files.delete(path);
            Files.writeString(path, "43\n");
            assertEquals(42, read(file));
            assertTrue(file.isSameSinceOpen());
        }
    }

    /** Interrupts are sent until one has come in the middle of a reading, which closes the file. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFileThatWasOpenedAgainIsTrustedOnceItIsFoundToBeTheRightOne() throws IOException {
        Thread reader = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> {
            while (!done.get()) {
                reader.interrupt();
            }
        });
        try (KernelFile kept = new KernelFile(path, new OpenFileBudget(1))) {
            other.start();
            while (kept.isSameSinceOpen()) {
                assertEquals(42, read(kept));
            }
            done.set(true);
            while (other.isAlive()) {
                Thread.interrupted(); // its last one would reach a join
            }
            kept.trust();
            assertTrue(kept.isSameSinceOpen());
        } finally {
            done.set(true);
        }
    }

    @Test
    void aFileThatIsOpenedEachTimeIsNeverTrusted() throws IOException {
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(0))) {
            file.trust();
            assertFalse(file.isSameSinceOpen());
        }
    }

    @Test
    void aFileThatIsOpenedEachTimeMayBeAnotherEachTime() throws IOException {
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(0))) {
            assertFalse(file.isSameSinceOpen());
            Files.delete(path);
            assertThrows(NoSuchFileException.class, () -> read(file));
            Files.writeString(path, "43\n");
            assertEquals(43, read(file));
        }
    }

    @Test
    void closingGivesBackWhatWasTakenOnce() throws IOException {
        OpenFileBudget budget = new OpenFileBudget(1);
        KernelFile file = new KernelFile(path, budget);
        assertFalse(budget.take());
        file.close();
        file.close();
        assertTrue(budget.take());
        assertFalse(budget.take());
    }

    @Test
    void aFileThatIsNotKeptGivesBackNothing() throws IOException {
        OpenFileBudget budget = new OpenFileBudget(0);
        new KernelFile(path, budget).close();
        assertFalse(budget.take());
    }

    @Test
    void aFileThatIsNotThereTakesNothing() {
        OpenFileBudget budget = new OpenFileBudget(1);
        for (int i = 0; i < 3; i++) {
            assertThrows(NoSuchFileException.class, () -> new KernelFile(directory.resolve("none"), budget));
        }
        assertTrue(budget.take());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void textOfAnyLengthIsTakenWhole(int budget) throws IOException {
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(budget))) {
            for (int length : new int[] {0, 1, 1023, 1024, 1025, 4096, 100_000, 7}) {
                byte[] expected = "7".repeat(length).getBytes(StandardCharsets.US_ASCII);
                Files.write(path, expected);
                file.read(text);
                assertArrayEquals(expected, text.copy(), () -> length + " bytes");
                assertTrue(text.isSameAs(expected));
            }
        }
    }

    @Test
    void anErrorNamesTheFileThatWasReadLast() throws IOException {
        Files.writeString(path, "4x\n");
        try (KernelFile file = new KernelFile(path, new OpenFileBudget(1))) {
            MalformedFileException error = assertThrows(MalformedFileException.class, () -> read(file));
            assertTrue(error.getMessage().startsWith(path + ": "), error.getMessage());
        }
    }
}
