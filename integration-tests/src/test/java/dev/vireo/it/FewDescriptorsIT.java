package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand guests, and a process that may open 256 files. */
class FewDescriptorsIT {
    private static final int GUESTS = 1_000;
    private static final int LIMIT = 256;
    /** Beyond the half that is kept open, what one read has open while it looks: a listing, a file, a link. */
    private static final int IN_USE = 8;

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void allAreReadTwiceWithRightTimesAndNoMoreThanHalfOfTheDescriptors() throws IOException {
        Requirements.cgroup(CgroupVersion.V1);
        String prefix = UniqueNames.next();
        SortedMap<String, ControlGroup> groups = makeGroups(prefix);
        Lookalikes guests = scene.opened(Lookalikes.start(scene.program("lookalike"), prefix, GUESTS));
        for (Map.Entry<String, ControlGroup> group : groups.entrySet()) {
            group.getValue().move(guests.pids().get(group.getKey()));
        }
        GroupTotals kernel = new GroupTotals(scene.program("read_totals"), groups);
        SortedMap<String, Long> before = kernel.read();
        List<String> lines = sweepTwice(prefix);
        assertTold(before, lines, kernel.read());
        int most = Integer.parseInt(lines.get(lines.size() - 1).substring("most ".length()));
        assertTrue(most > LIMIT / 4 && most <= LIMIT / 2 + IN_USE, () -> most + " kernel files were open");
    }

    private SortedMap<String, ControlGroup> makeGroups(String prefix) throws IOException {
        SortedMap<String, ControlGroup> groups = new TreeMap<>();
        for (int i = 0; i < GUESTS; i++) {
            String name = prefix + "-" + i;
            String path = LibvirtLayout.SYSTEMD_BEFORE_7_1.group(UniqueNames.nextLibvirtId(), name);
            groups.put(name, scene.group(CgroupVersion.V1, path));
        }
        return groups;
    }

    /** The hard limit, too, since the JVM raises the soft one to it. */
    private static List<String> sweepTwice(String prefix) throws IOException {
        List<String> classPath = new ArrayList<>(BuiltJars.paths());
        classPath.add(Repository.root()
                .resolve("integration-tests/target/test-classes")
                .toString());
        return CommandRun.of(
                        Duration.ofMinutes(2),
                        List.of(
                                "sh",
                                "-c",
                                "ulimit -n " + LIMIT + " && exec \"$@\"",
                                "sh",
                                Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString(),
                                "-cp",
                                String.join(File.pathSeparator, classPath),
                                FewDescriptors.class.getName(),
                                RealGuestContract.URI,
                                prefix + "-",
                                Integer.toString(GUESTS)))
                .requireSuccess()
                .out()
                .lines()
                .toList();
    }

    private static void assertTold(SortedMap<String, Long> before, List<String> lines, SortedMap<String, Long> after) {
        Map<String, Integer> times = new HashMap<>();
        for (String line : lines) {
            List<String> words = List.of(line.split(" ", 2));
            String name = words.get(0);
            if (before.containsKey(name)) {
                assertBetween(name, before.get(name), Long.parseLong(words.get(1)), after.get(name));
                times.merge(name, 1, Integer::sum);
            }
        }
        assertEquals(before.keySet(), times.keySet());
        times.forEach((name, count) -> assertEquals(2, count, name));
    }
}
