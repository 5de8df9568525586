package dev.vireo.it.kernel;

import dev.vireo.it.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Debian's kernels for clouds, which need no modules to boot in QEMU. Each comes from the archive that this machine installs
 * its own packages from, through an apt configuration of its own, and is kept in the user's cache.
 */
public enum DebianKernel {
    LINUX_5_10("bullseye", "5.10"),
    LINUX_6_1("bookworm", "6.1"),
    LINUX_6_12("trixie", "6.12"),
    /** Whatever Debian works on. */
    NEWEST("sid", "newest");

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private final String suite;
    private final String version;

    DebianKernel(String suite, String version) {
        this.suite = suite;
        this.version = version;
    }

    /** Returns the kernel's file, fetched if it has not been. */
    Path file() throws IOException {
        Path cached = cache().resolve("vmlinuz-" + version);
        if (!Files.exists(cached)) {
            fetchTo(cached);
        }
        return cached;
    }

    private static Path cache() throws IOException {
        String named = System.getenv("XDG_CACHE_HOME");
        Path base =
                named == null || named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return Files.createDirectories(base.resolve("vireo/kernels"));
    }

    private void fetchTo(Path cached) throws IOException {
        Path work = Files.createTempDirectory(cached.getParent(), "fetch-");
        try {
            configure(work);
            apt(work, "apt-get", "-qq", "update");
            String image =
                    newest(apt(work, "apt-cache", "search", "--names-only", "^linux-image-[0-9].*-cloud-amd64$"));
            Optional<Path> kernel = unpacked(work, image);
            if (kernel.isEmpty()) {
                // newer ones have the kernel itself in a package of its own
                kernel = unpacked(work, image.replace("linux-image-", "linux-binary-"));
            }
            Path found = kernel.orElseThrow(() -> new AssertionError("there is no kernel in the package " + image));
            // others may be fetching the same one
            Path whole = Files.move(found, work.resolve("whole"));
            Files.move(whole, cached, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(work);
        }
    }

    private void configure(Path work) throws IOException {
        for (String directory : List.of("state/lists/partial", "cache/archives/partial", "unpacked")) {
            Files.createDirectories(work.resolve(directory));
        }
        String mirror = mirror();
        Files.writeString(
                work.resolve("sources.list"), "deb [signed-by=" + KEYS + "] " + mirror + " " + suite + " main\n");
    }

    /** Returns where this machine has its packages from. */
    private static String mirror() {
        return CommandRun.of(
                        LIMIT,
                        List.of("apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI)", "Created-By: Packages"))
                .requireSuccess()
                .out()
                .lines()
                .filter(line -> line.startsWith("Debian ") && !line.contains("security"))
                .map(line -> line.substring("Debian ".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no archive of Debian among its sources"));
    }

    private static String newest(String found) {
        return found.lines()
                .map(line -> line.split(" ", 2)[0])
                .filter(name -> !name.contains("unsigned") && !name.contains("dbg"))
                .max(Comparator.comparing(DebianKernel::numbers, DebianKernel::compare))
                .orElseThrow(() -> new AssertionError("no kernel for clouds among: " + found));
    }

    private static List<Integer> numbers(String name) {
        return Stream.of(name.split("[^0-9]+", -1))
                .filter(part -> !part.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int compared = one.get(i).compareTo(other.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static Optional<Path> unpacked(Path work, String name) throws IOException {
        CommandRun.of(
                        LIMIT,
                        List.of(
                                "sh",
                                "-c",
                                "cd '" + work + "' && exec \"$@\"",
                                "sh",
                                "apt-get",
                                "-qq",
                                "-c",
                                config(work),
                                "download",
                                name))
                .requireSuccess();
        Path archive = files(work).stream()
                .filter(file -> file.getFileName().toString().startsWith(name + "_"))
                .findFirst()
                .orElseThrow();
        CommandRun.of(
                        LIMIT,
                        List.of(
                                "dpkg-deb",
                                "-x",
                                archive.toString(),
                                work.resolve("unpacked").toString()))
                .requireSuccess();
        return files(work.resolve("unpacked")).stream()
                .filter(file -> file.getFileName().toString().startsWith("vmlinuz"))
                .findFirst();
    }

    private static String apt(Path work, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program, "-c", config(work)));
        command.addAll(List.of(arguments));
        return CommandRun.of(LIMIT, command).requireSuccess().out();
    }

    private static String config(Path work) throws IOException {
        Path config = work.resolve("apt.conf");
        if (!Files.exists(config)) {
            Files.writeString(config, """
                    Dir::Etc::sourcelist "WORK/sources.list";
                    Dir::Etc::sourceparts "/dev/null";
                    Dir::State "WORK/state";
                    Dir::State::status "/dev/null";
                    Dir::Cache "WORK/cache";
                    APT::Sandbox::User "root";
                    APT::Architecture "amd64";
                    """.replace("WORK", work.toString()));
        }
        return config.toString();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
