package dev.vireo.examples.uml;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The control group of a guest, where its processes are all that is in it: only then are the group's times per CPU the
 * guest's. Of a process the kernel keeps no times per CPU, and cgroup v2 has none of a group either.
 */
final class OwnGroup {
    /** How often to compare, in a guest whose programs come and go. */
    private static final int ATTEMPTS = 10;

    /** The last fields of a line are the type, the source and the options; the fifth is the mount point. */
    private static final Pattern MOUNT =
            Pattern.compile("(?:\\S+ ){4}(\\S+) .* - cgroup \\S+ (?:\\S+,)?cpuacct(?:,\\S+)?");

    private static final Pattern MEMBERSHIP = Pattern.compile("\\d+:(?:\\S+,)?cpuacct(?:,[^:]+)?:/(.*)");

    private final Path directory;

    private OwnGroup(Path directory) {
        this.directory = directory;
    }

    /**
     * Finds a guest's own group.
     *
     * @throws HypervisorException {@link ErrorCode#OPERATION_UNSUPPORTED} with the reason if it has none
     */
    static OwnGroup of(UmlDomain domain, Path proc) throws IOException {
        String mount = find(MOUNT, proc.resolve("self/mountinfo"));
        String group = find(MEMBERSHIP, proc.resolve(domain.id() + "/cgroup"));
        Path directory = Path.of(mount, group);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (holds(directory, ProcessTree.read(proc, domain).pids())) {
                return new OwnGroup(directory);
            }
        }
        throw unsupported("the processes of domain " + domain + " are not all that is in the control group " + directory
                + "; start the guest in a group of its own. The total works");
    }

    private static String find(Pattern pattern, Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(pattern::matcher)
                    .filter(Matcher::matches)
                    .findFirst()
                    .orElseThrow(() -> unsupported("times per CPU come from the cpuacct controller of cgroup v1, and "
                            + file + " has none. The total works"))
                    .group(1);
        }
    }

    private static boolean holds(Path directory, Set<Integer> pids) throws IOException {
        try (Stream<Path> entries = Files.list(directory);
                Stream<String> members = Files.lines(directory.resolve("cgroup.procs"))) {
            return entries.noneMatch(Files::isDirectory)
                    && members.map(Integer::valueOf).collect(Collectors.toSet()).equals(pids);
        }
    }

    private static HypervisorException unsupported(String reason) {
        return HypervisorException.of(ErrorCode.OPERATION_UNSUPPORTED, UmlDriver.NAME, reason);
    }

    /** Returns nanoseconds, one text for each possible CPU. */
    String[] usagePerCpu() throws IOException {
        return Files.readString(directory.resolve("cpuacct.usage_percpu"))
                .strip()
                .split(" ");
    }
}
