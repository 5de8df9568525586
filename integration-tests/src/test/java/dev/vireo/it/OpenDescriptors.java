package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open. */
final class OpenDescriptors {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenDescriptors() {}

    /** Lists what each descriptor leads to, the one with which it looks not among them. */
    static List<String> all() throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                target(descriptor, targets);
            }
        }
        targets.removeIf(target -> target.matches("/proc/\\d+/fd"));
        return targets;
    }

    /** Lists the kernel's files: those that a driver may hold, but no JVM does. */
    static List<String> kernelFiles() throws IOException {
        return all().stream()
                .filter(target -> target.startsWith("/proc/") || target.startsWith("/sys/"))
                .toList();
    }

    /** Lists the maps and attached programs of the kernel's BPF machine, in ascending order of their kinds. */
    static List<String> bpf() throws IOException {
        return all().stream().filter(target -> target.contains("bpf")).sorted().toList();
    }

    private static void target(Path descriptor, List<String> targets) {
        try {
            targets.add(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closed) {
            // another thread's, closed since it was listed
        }
    }
}
