package dev.vireo.it.kernel;

import dev.vireo.it.CommandRun;
import dev.vireo.it.Repository;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The first file system of a booted kernel: a Java runtime of what is needed, the project's own classes, the load and an
 * {@code init} that runs {@link InsideKernel}.
 */
final class Initramfs {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    /** That of busybox gives no ambient capabilities by name. */
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private static final String INIT = """
            #!/bin/busybox sh
            export PATH=/bin
            mount -t proc proc /proc
            mount -t sysfs sys /sys
            mount -t devtmpfs dev /dev
            mount -t tmpfs tmp /tmp
            mount -t cgroup2 none /sys/fs/cgroup
            java=/jre/bin/java
            $java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '/classes:/jars/*' dev.vireo.it.kernel.InsideKernel 2>&1
            poweroff -f
            """;

    private final Path root;

    private Initramfs(Path root) {
        this.root = root;
    }

    /** Packs it into a file. */
    static Path pack(Path directory) throws IOException {
        Initramfs files = new Initramfs(Files.createDirectory(directory.resolve("initramfs")));
        files.addRuntime();
        files.addPrograms();
        files.addClasses();
        Path packed = directory.resolve("initramfs.gz");
        String pack = "cd '" + files.root + "' && find . | cpio -o -H newc --quiet | gzip -1 > '" + packed + "'";
        CommandRun.of(LIMIT, List.of("sh", "-c", pack)).requireSuccess();
        return packed;
    }

    private void addRuntime() throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        CommandRun.of(
                        LIMIT,
                        List.of(
                                home.resolve("bin/jlink").toString(),
                                "--add-modules",
                                "java.base,java.xml,java.logging,jdk.unsupported",
                                "--strip-debug",
                                "--no-header-files",
                                "--no-man-pages",
                                "--output",
                                root.resolve("jre").toString()))
                .requireSuccess();
        List<String> ldd = new ArrayList<>(
                List.of("ldd", SETPRIV.toString(), root.resolve("jre/bin/java").toString()));
        try (Stream<Path> files = Files.walk(root.resolve("jre/lib"))) {
            files.filter(file -> file.toString().endsWith(".so")).forEach(file -> ldd.add(file.toString()));
        }
        Matcher libraries =
                LIBRARY.matcher(CommandRun.of(LIMIT, ldd).requireSuccess().out());
        while (libraries.find()) {
            Path library = Path.of(libraries.group(1));
            if (!library.startsWith(root)) {
                copy(library, library.toString().substring(1));
            }
        }
    }

    private void addPrograms() throws IOException {
        for (String directory : List.of("proc", "sys", "dev", "tmp", "bin")) {
            Files.createDirectories(root.resolve(directory));
        }
        copy(SETPRIV, "bin/setpriv");
        copy(Path.of("/bin/busybox"), "bin/busybox");
        for (String name : List.of("mount", "poweroff")) {
            Files.createSymbolicLink(root.resolve("bin/" + name), Path.of("busybox"));
        }
        Path source = Repository.root().resolve("integration-tests/src/test/c/load.c");
        CommandRun.of(
                        LIMIT,
                        List.of(
                                "cc",
                                "-O1",
                                "-static",
                                "-o",
                                root.resolve("qemu-system-x86_64").toString(),
                                source.toString()))
                .requireSuccess();
        Path init = Files.writeString(root.resolve("init"), INIT);
        Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The classes of this very run: jars, or directories where the modules have not been packed yet. */
    private void addClasses() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            boolean isWanted = entry.contains("vireo-")
                    || entry.contains("/api/")
                    || entry.contains("driver-qemu-cgroup")
                    || entry.contains("integration-tests")
                    || entry.contains("jna");
            if (isWanted && Files.isDirectory(Path.of(entry))) {
                copyTree(Path.of(entry), root.resolve("classes"));
            } else if (isWanted && Files.exists(Path.of(entry))) {
                copy(Path.of(entry), "jars/" + Path.of(entry).getFileName());
            }
        }
    }

    private void copy(Path from, String to) throws IOException {
        Path target = root.resolve(to);
        Files.createDirectories(target.getParent());
        Files.copy(from, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
