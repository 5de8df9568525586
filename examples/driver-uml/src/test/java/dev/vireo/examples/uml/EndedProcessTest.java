package dev.vireo.examples.uml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a process's time when it ends, in a tree of files in the place of {@code /proc}. */
class EndedProcessTest {
    private static final int GUEST = 10;
    private static final int CHILD = 11;

    @TempDir
    private Path proc;

    private UmlDomain domain;

    @BeforeEach
    void aGuestWithOneChild() throws IOException {
        write(GUEST, "0 0", "5000000", CHILD + " ");
        write(CHILD, "0 0", "19000000", "");
        ProcessStat stat = ProcessStat.find(proc, GUEST);
        domain = new UmlDomain("web", stat, new UUID(0, 1), Reading.unavailable("not asked"));
    }

    private void write(int pid, String endedTicks, String nanos, String children) throws IOException {
        Path process = proc.resolve(Integer.toString(pid));
        Path thread = Files.createDirectories(process.resolve("task/" + pid));
        Files.writeString(
                process.resolve("stat"),
                pid + " (linux.uml) S 1 1 1 0 -1 0 0 0 0 0 0 0 " + endedTicks + " 20 0 1 0 7 0 0\n");
        Files.writeString(process.resolve("schedstat"), nanos + " 0 1\n");
        Files.writeString(thread.resolve("children"), children);
    }

    private void theChildEnds() throws IOException {
        for (String file : new String[] {"stat", "schedstat", "task/11/children", "task/11", "task", ""}) {
            Files.delete(proc.resolve("11").resolve(file));
        }
        write(GUEST, "0 1", "5000000", ""); // its 19 ms are one tick of 10 ms in its parent
    }

    private long shown() throws IOException {
        return domain.advanceTo(ProcessTree.read(proc, domain).times()).cpuNanos();
    }

    @Test
    void whatItLosesByTicksDoesNotMakeTheTotalGoBack() throws IOException {
        assertEquals(24_000_000, shown());
        theChildEnds();
        assertEquals(15_000_000, ProcessTree.read(proc, domain).times().cpuNanos());
        assertEquals(24_000_000, shown());
    }

    @Test
    void theTotalGoesOnOnceMoreHasBeenUsed() throws IOException {
        assertEquals(24_000_000, shown());
        theChildEnds();
        write(GUEST, "0 1", "17000000", "");
        assertEquals(27_000_000, shown());
    }
}
