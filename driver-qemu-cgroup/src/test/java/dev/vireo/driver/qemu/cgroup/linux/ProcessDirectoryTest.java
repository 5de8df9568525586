package dev.vireo.driver.qemu.cgroup.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessDirectoryTest {
    private static final Path PROC = Path.of("/proc");

    @TempDir
    private Path directory;

    private static Map<Integer, Long> inodes(ProcessDirectory processes) {
        Map<Integer, Long> inodes = new TreeMap<>();
        for (int i = 0; i < processes.size(); i++) {
            assertTrue(i == 0 || processes.pid(i - 1) < processes.pid(i), "in ascending order, each once");
            inodes.put(processes.pid(i), processes.inode(i));
        }
        return inodes;
    }

    private static Set<Integer> listed(Path directory) throws IOException {
        Set<Integer> pids = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[1-9]*")) {
            entries.forEach(entry -> pids.add(Integer.valueOf(String.valueOf(entry.getFileName()))));
        }
        return pids;
    }

    @Test
    void theKernelsListHasEachProcessThatWasThereAllTheTime() throws IOException {
        try (ProcessDirectory processes = new ProcessDirectory(PROC)) {
            Set<Integer> before = listed(PROC);
            processes.list();
            Set<Integer> after = listed(PROC);
            Map<Integer, Long> seen = inodes(processes);
            Set<Integer> stayed = new TreeSet<>(before);
            stayed.retainAll(after);
            assertTrue(seen.keySet().containsAll(stayed), () -> stayed + " are not all in " + seen.keySet());
            Set<Integer> either = new TreeSet<>(before);
            either.addAll(after);
            long strangers = seen.keySet().stream()
                    .filter(pid -> !either.contains(pid) && Files.exists(PROC.resolve(pid.toString())))
                    .count();
            assertEquals(0, strangers);
        }
    }

    @Test
    void thisProcessIsInTheListWithTheInodeThatEverybodySees() throws IOException {
        int own = Math.toIntExact(ProcessHandle.current().pid());
        try (ProcessDirectory processes = new ProcessDirectory(PROC)) {
            processes.list();
            assertEquals(
                    Files.getAttribute(PROC.resolve(Integer.toString(own)), "unix:ino"),
                    inodes(processes).get(own));
        }
    }

    @Test
    void thisProcessRunsJava() throws IOException {
        int own = Math.toIntExact(ProcessHandle.current().pid());
        try (ProcessDirectory processes = new ProcessDirectory(PROC)) {
            ByteBuffer program = processes.program(own);
            assertEquals(
                    Files.readSymbolicLink(PROC.resolve("self/exe")).toString(),
                    StandardCharsets.UTF_8.decode(program).toString());
        }
    }

    @Test
    void aProcessThatIsNotThereRunsNothing() throws IOException {
        try (ProcessDirectory processes = new ProcessDirectory(directory)) {
            assertNull(processes.program(Integer.MAX_VALUE));
        }
    }

    @Test
    void anyDirectoryMayStandForProcAndOnlyNumbersAreProcesses() throws IOException {
        Map<Integer, Long> expected = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            int pid = (i * 7919) % 4_194_301 + 1;
            Path process = Files.createDirectory(directory.resolve(Integer.toString(pid)));
            expected.put(pid, (Long) Files.getAttribute(process, "unix:ino"));
        }
        for (String name :
                new String[] {"self", "12x", "x12", "-1", "0", "1.5", "4294967297", "99999999999999999999"}) {
            Files.createDirectory(directory.resolve(name));
        }
        try (ProcessDirectory processes = new ProcessDirectory(directory)) {
            processes.list();
            assertEquals(expected, inodes(processes));
        }
    }

    @Test
    void eachListIsMadeAnew() throws IOException {
        try (ProcessDirectory processes = new ProcessDirectory(directory)) {
            Files.createDirectory(directory.resolve("5"));
            processes.list();
            assertEquals(Set.of(5), inodes(processes).keySet());
            Files.delete(directory.resolve("5"));
            Files.createDirectory(directory.resolve("70"));
            Files.createDirectory(directory.resolve("6"));
            processes.list();
            assertEquals(Set.of(6, 70), inodes(processes).keySet());
        }
    }

    @Test
    void aProgramsPathIsReadWholeWhateverWasReadBefore() throws IOException {
        String path = "/opt/" + "x".repeat(200) + "/qemu-system-x86_64 (deleted)";
        Files.createDirectory(directory.resolve("4194304"));
        Files.createSymbolicLink(directory.resolve("4194304/exe"), Path.of(path));
        Files.createDirectory(directory.resolve("7"));
        Files.createSymbolicLink(directory.resolve("7/exe"), Path.of("/opt/none/sh"));
        try (ProcessDirectory processes = new ProcessDirectory(directory)) {
            for (int round = 0; round < 2; round++) {
                assertEquals("/opt/none/sh", text(processes.program(7)));
                assertEquals(path, text(processes.program(4194304)));
            }
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsAnErrorThatNamesIt() {
        Path none = directory.resolve("none");
        IOException error = assertThrows(IOException.class, () -> new ProcessDirectory(none));
        assertTrue(error.getMessage().contains(none.toString()), error.getMessage());
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
