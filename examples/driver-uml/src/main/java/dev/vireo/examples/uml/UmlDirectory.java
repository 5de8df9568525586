package dev.vireo.examples.uml;

import dev.vireo.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A {@code uml_dir}: each guest has a directory of its name there, with its pid and the socket of its console.
 *
 * <p>A guest that was killed leaves its directory behind, and its pid may be any other process today: what counts is that
 * the process was started as this very guest.
 */
final class UmlDirectory {
    private final Path directory;
    private final Path proc;
    private Map<String, UmlDomain> known = Map.of();

    UmlDirectory(Path directory, Path proc) {
        this.directory = directory;
        this.proc = proc;
    }

    boolean exists() {
        return Files.isDirectory(directory);
    }

    /** Returns the guests that run, a run that was there before as the same object. */
    synchronized List<UmlDomain> running() throws IOException {
        Map<String, UmlDomain> running = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path entry : entries) {
                UmlDomain domain = find(entry);
                if (domain != null) {
                    running.put(domain.name(), domain);
                }
            }
        }
        known = running;
        return List.copyOf(running.values());
    }

    private @Nullable UmlDomain find(Path entry) throws IOException {
        String name = entry.getFileName().toString();
        ProcessStat stat = ProcessStat.find(proc, pidIn(entry.resolve("pid")));
        if (stat == null || stat.hasEnded()) {
            return null;
        }
        UmlDomain before = known.get(name);
        return before != null && before.isRunBy(stat) ? before : identify(name, stat);
    }

    /** Returns 0, which is nobody's, if there is no pid yet or any more. */
    private static int pidIn(Path file) throws IOException {
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (NumberFormatException beingWritten) {
            return 0;
        }
    }

    /** Reads the command line, once for each run: the kernel takes a lock of the process for it. */
    private @Nullable UmlDomain identify(String name, ProcessStat stat) throws IOException {
        Path process = proc.resolve(Integer.toString(stat.pid()));
        Map<String, String> arguments = new HashMap<>(); // the last of several is the one that holds
        for (String argument : Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                .split("\0")) {
            String[] parts = argument.split("=", 2);
            arguments.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        String umlDir = arguments.get("uml_dir");
        Path itsDirectory = umlDir == null ? directory : process.resolve("cwd").resolve(umlDir);
        if (!name.equals(arguments.get("umid")) || !Files.isSameFile(itsDirectory, directory)) {
            return null;
        }
        return new UmlDomain(name, stat, uuidOf(stat), memoryKib(arguments.get("mem")));
    }

    /** The same run has the same one, for every reader, and no other run ever has it. */
    private UUID uuidOf(ProcessStat stat) throws IOException {
        String boot =
                Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        String run = boot + " " + stat.pid() + " " + stat.startTime();
        return UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.US_ASCII));
    }

    private static Reading memoryKib(@Nullable String mem) {
        if (mem == null || !mem.matches("\\d{1,9}[kKmM]")) {
            return Reading.unavailable("the guest's command line has no mem=SIZEk or mem=SIZEM");
        }
        long size = Long.parseLong(mem.substring(0, mem.length() - 1));
        return Reading.of(mem.endsWith("k") || mem.endsWith("K") ? size : size * 1024);
    }
}
