package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a unit file says. */
final class SystemdUnit {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> lines;

    private SystemdUnit(List<String> lines) {
        this.lines = lines;
    }

    /** Reads the unit that is delivered. */
    static SystemdUnit delivered() throws IOException {
        return new SystemdUnit(Files.readAllLines(file()));
    }

    static Path file() {
        return Repository.root().resolve("deploy/systemd/vireo.service");
    }

    /** Returns the values of each line that sets {@code key}. */
    List<String> values(String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    /** Returns the words of the one line that sets {@code key}. */
    List<String> words(String key) {
        List<String> values = values(key);
        if (values.size() != 1) {
            throw new AssertionError(file() + " sets " + key + " " + values.size() + " times");
        }
        return List.of(values.get(0).split(" "));
    }

    /** Returns capabilities by the names that setpriv has for them. */
    List<String> capabilities(String key) {
        return words(key).stream()
                .map(name -> name.replaceFirst("^CAP_", "").toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns the system calls that are allowed, as systemd reckons them: line by line. */
    Set<String> systemCalls() {
        Set<String> allowed = new TreeSet<>(members("@default"));
        for (String value : values("SystemCallFilter")) {
            boolean without = value.startsWith("~");
            Set<String> named = Stream.of((without ? value.substring(1) : value).split(" "))
                    .flatMap(name -> members(name).stream())
                    .collect(Collectors.toSet());
            if (without) {
                allowed.removeAll(named);
            } else {
                allowed.addAll(named);
            }
        }
        return allowed;
    }

    private static Set<String> members(String name) {
        if (!name.startsWith("@")) {
            return Set.of(name);
        }
        Set<String> members = new TreeSet<>();
        List<String> printed = CommandRun.of(LIMIT, List.of("systemd-analyze", "--no-pager", "syscall-filter", name))
                .requireSuccess()
                .out()
                .lines()
                .map(String::strip)
                .toList();
        for (String line : new ArrayList<>(printed.subList(1, printed.size()))) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                members.addAll(members(line));
            }
        }
        return members;
    }
}
