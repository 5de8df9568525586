import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records what the driver reads of this host, with the guests that run now, as one text: {@code java CaptureHost.java
 * "first line of the header" … > NAME.host}. The format is told in {@code RecordedHost}. Linux only; run as root, in a PID
 * namespace that holds nothing but the guests and who started them.
 */
public final class CaptureHost {
    private static final Path PROC = Path.of("/proc");
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");
    private static final Set<String> GROUP_FILES =
            Set.of("cpuacct.usage", "cpuacct.stat", "cpuacct.usage_percpu", "cpu.stat", "cgroup.procs", "cgroup.type");
    private static final Pattern LIBVIRTS_OWN_LEVEL =
            Pattern.compile("(.+?)(/libvirt)?/(emulator|vcpu\\d+|iothread\\d+)");

    private final StringBuilder text = new StringBuilder();

    private CaptureHost() {}

    public static void main(String[] header) throws IOException {
        System.out.write(new CaptureHost().capture(header).getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private String capture(String[] header) throws IOException {
        for (String line : header) {
            text.append("# ").append(line).append('\n');
        }
        kernel();
        cpus();
        List<Path> processes = processes();
        for (Path process : processes) {
            process(process);
        }
        for (Path process : processes) {
            if (isQemu(process)) {
                groups(process);
            }
        }
        statusFiles();
        return text.toString();
    }

    private void kernel() throws IOException {
        section("proc");
        file("stat", linesOf("/proc/stat", "^(cpu|ctxt|btime|processes|procs_).*"));
        file("meminfo", linesOf("/proc/meminfo", "^(MemTotal|MemFree|MemAvailable|Buffers|Cached):.*"));
        file(
                "cpuinfo",
                linesOf(
                        "/proc/cpuinfo",
                        "^(processor|vendor_id|model name|cpu MHz|physical id|core id|cpu cores)\\s.*|"));
        // the other mounts are this machine's own affair
        file("1/mountinfo", linesOf("/proc/1/mountinfo", ".* - cgroup2? .*"));
        file("sys/kernel/hostname", Files.readAllBytes(PROC.resolve("sys/kernel/hostname")));
        // any id will do that is not this machine's
        file("sys/kernel/random/boot_id", "5a9ad2a4-0a05-4a8d-a1e2-0b4c6b4a3c11\n".getBytes(StandardCharsets.UTF_8));
    }

    private void cpus() throws IOException {
        section("sys/devices/system/cpu");
        for (String list : List.of("possible", "present", "online")) {
            file(list, Files.readAllBytes(CPUS.resolve(list)));
        }
        for (Path cpu : list(CPUS, "cpu\\d+")) {
            for (String name : List.of("physical_package_id", "die_id", "core_id", "thread_siblings_list")) {
                Path file = cpu.resolve("topology").resolve(name);
                if (Files.exists(file)) {
                    file(CPUS.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
    }

    /** All that are to be seen but this program itself. */
    private static List<Path> processes() throws IOException {
        long self = ProcessHandle.current().pid();
        return list(PROC, "\\d+").stream()
                .filter(process -> !process.endsWith(Long.toString(self)))
                .toList();
    }

    private void process(Path process) throws IOException {
        section("proc/" + process.getFileName());
        for (String name : List.of("stat", "statm", "comm", "cgroup")) {
            file(name, Files.readAllBytes(process.resolve(name)));
        }
        file(
                "status",
                linesOf(process + "/status", "^(Name|State|Tgid|Pid|PPid|Uid|Gid|NStgid|VmSize|VmRSS|Threads):.*"));
        link("exe", Files.readSymbolicLink(process.resolve("exe")));
        if (isQemu(process)) {
            file("cmdline", Files.readAllBytes(process.resolve("cmdline")));
            for (Path task : list(process.resolve("task"), "\\d+")) {
                for (String name : List.of("comm", "stat", "schedstat")) {
                    file("task/" + task.getFileName() + "/" + name, Files.readAllBytes(task.resolve(name)));
                }
            }
        }
    }

    private static boolean isQemu(Path process) throws IOException {
        String program =
                Files.readSymbolicLink(process.resolve("exe")).getFileName().toString();
        return program.matches("qemu-system-.*|qemu-kvm|kvm");
    }

    /** The groups that hold this process and count CPU time, in each hierarchy, with all below them. */
    private void groups(Path process) throws IOException {
        for (String mount : Files.readAllLines(PROC.resolve("1/mountinfo"))) {
            boolean v1 = mount.matches(".* - cgroup .*\\bcpuacct\\b.*");
            if (v1 || mount.contains(" - cgroup2 ")) {
                for (String line : Files.readAllLines(process.resolve("cgroup"))) {
                    if (v1 ? line.matches("\\d+:([^:]*,)?cpuacct(,[^:]*)?:.*") : line.startsWith("0::")) {
                        groupsFrom(Path.of(mount.split(" ")[4]), line.split(":", 3)[2]);
                    }
                }
            }
        }
    }

    private void groupsFrom(Path mount, String path) throws IOException {
        if (path.equals("/")) {
            return; // everybody's
        }
        Matcher level = LIBVIRTS_OWN_LEVEL.matcher(path);
        Path top = Path.of(mount + (level.matches() ? level.group(1) : path));
        if (text.indexOf("[" + escape(top.toString().substring(1)) + "]") >= 0) {
            return; // another guest is in it too
        }
        try (Stream<Path> tree = Files.walk(top)) {
            for (Path group : tree.filter(Files::isDirectory).sorted().toList()) {
                section(group.toString().substring(1));
                for (String name : new TreeSet<>(GROUP_FILES)) {
                    groupFile(group.resolve(name));
                }
            }
        }
    }

    private void groupFile(Path file) throws IOException {
        if (Files.exists(file)) {
            try {
                file(file.getFileName().toString(), Files.readAllBytes(file));
            } catch (IOException unsupported) {
                // cgroup.procs of a threaded group says EOPNOTSUPP; a directory cannot be read either
                text.append(file.getFileName()).append("/\n");
            }
        }
    }

    private void statusFiles() throws IOException {
        Set<Path> directories = new TreeSet<>(List.of(Path.of("/run/libvirt/qemu")));
        for (Path user : list(Path.of("/run/user"), "\\d+")) {
            directories.add(user.resolve("libvirt/qemu/run"));
        }
        for (Path directory : directories) {
            for (Path file : list(directory, ".*\\.xml")) {
                // the flags are some two hundred lines that say what this QEMU can do
                String status = Files.readString(file).replaceAll("(?m)^ *<flag name='.*'/>\n", "");
                section("proc/1/root" + directory);
                file(file.getFileName().toString(), status.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static byte[] linesOf(String file, String wanted) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.matches(wanted))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Lists what has such a name, pids and CPUs in the order of their numbers. */
    private static List<Path> list(Path directory, String names) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        TreeMap<String, Path> sorted = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(entry -> entry.getFileName().toString().matches(names))
                    .forEach(entry -> sorted.put(sortKey(entry.getFileName().toString()), entry));
        }
        return List.copyOf(sorted.values());
    }

    private static String sortKey(String name) {
        return Pattern.compile("\\d+")
                .matcher(name)
                .replaceAll(number -> "0".repeat(Math.max(0, 9 - number.end() + number.start())) + number.group());
    }

    private void section(String directory) {
        text.append("\n[").append(escape(directory)).append("]\n");
    }

    private void link(String name, Path target) {
        text.append(escape(name))
                .append(" -> ")
                .append(escape(target.toString()))
                .append('\n');
    }

    /** One line stands beside the name, more below it; each argument of a command line is a line. */
    private void file(String name, byte[] content) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < content.length; end++) {
            if (content[end] == '\n' || content[end] == 0 || end == content.length - 1) {
                lines.add(line(Arrays.copyOfRange(content, start, end + 1)));
                start = end + 1;
            }
        }
        text.append(escape(name));
        if (lines.size() == 1) {
            text.append(" = ").append(lines.get(0)).append('\n');
        } else {
            text.append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }

    private static String line(byte[] bytes) {
        String line = new String(bytes, StandardCharsets.UTF_8);
        if (line.equals("\n")) {
            return "\\n\\c"; // an empty line would end what stands above it
        }
        if (line.endsWith("\n")) {
            return escape(line.substring(0, line.length() - 1));
        }
        return escape(line) + (line.endsWith("\0") ? "" : "\\c");
    }

    private static String escape(String plain) {
        StringBuilder escaped = new StringBuilder();
        plain.codePoints().forEach(character -> escaped.append(escape(character)));
        // at the end of a line white space would not be seen
        return escaped.toString().replaceFirst(" $", "\\\\x20");
    }

    private static String escape(int character) {
        return switch (character) {
            case '\\' -> "\\\\";
            case 0 -> "\\0";
            case '\n' -> "\\n";
            default ->
                character < ' ' && character != '\t' || character == 127
                        ? String.format("\\x%02x", character)
                        : Character.toString(character);
        };
    }
}
