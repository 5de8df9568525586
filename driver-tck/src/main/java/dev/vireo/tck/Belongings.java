package dev.vireo.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the process has open: its threads, and its descriptors where they can be seen. */
record Belongings(List<String> threads, List<String> descriptors) {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static Belongings now() {
        return new Belongings(
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .sorted()
                        .toList(),
                openFiles());
    }

    private static List<String> openFiles() {
        if (Files.notExists(DESCRIPTORS)) {
            return List.of(); // not Linux
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.map(Belongings::target).sorted().toList();
        } catch (IOException unreadable) {
            throw new AssertionError("cannot see the process's descriptors", unreadable);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "closed meanwhile";
        }
    }

    /** Requires that there are not so many more of either, once what is on its way out has gone. */
    void requireFewerMore(int tooMany, String afterWhat) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        Belongings now = now();
        while (now.threads.size() >= threads.size() + tooMany
                || now.descriptors.size() >= descriptors.size() + tooMany) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after " + afterWhat + " there are more threads " + more(now.threads, threads)
                        + " and descriptors " + more(now.descriptors, descriptors));
            }
            TimeUnit.MILLISECONDS.sleep(1);
            now = now();
        }
    }

    private static List<String> more(Collection<String> now, Collection<String> before) {
        List<String> more = new ArrayList<>(now);
        before.forEach(more::remove);
        return more;
    }
}
