package dev.vireo.driver.qemu.cgroup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A host from a file {@code hosts/NAME.host}, laid out as a directory that looks like its {@code /sys} and {@code /proc}.
 *
 * <p>The file is lines of text. {@code # …} is a comment. {@code [DIRECTORY]} begins a directory, and what follows is in it:
 * {@code NAME = TEXT} a file of one line, {@code NAME} a file whose lines follow, each behind two spaces, {@code NAME ->
 * TARGET} a symbolic link, {@code NAME/} a directory, which is also how a file is told that cannot be read. Escapes are
 * {@code \\}, {@code \n}, {@code \0}, {@code \xHH} for a byte, and {@code \c} at the end of a line: no newline follows.
 * Nor does one after {@code \0}, so that each argument of a command line has a line.
 */
final class RecordedHost implements AutoCloseable {
    private final Path root;
    private final List<Path> links = new ArrayList<>();
    private Path directory;
    private Path file;

    private RecordedHost(Path root) {
        this.root = root;
        this.directory = root;
        this.file = root;
    }

    /** Unpacks a host of the test's resources into an empty directory. */
    static RecordedHost unpack(String name, Path root) {
        try (InputStream text = RecordedHost.class.getResourceAsStream("/hosts/" + name + ".host")) {
            if (text == null) {
                throw new IllegalArgumentException("there is no host '" + name + "'");
            }
            RecordedHost host = new RecordedHost(root);
            host.unpack(new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            return host;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String uri() {
        return "qemu+cgroup:///system?procfs=" + root.resolve("proc") + "&sysfs=" + root.resolve("sys");
    }

    /** Takes away the links, which would be a warning each when JUnit clears the directory: they lead out of it. */
    @Override
    public void close() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    private void unpack(List<String> lines) throws IOException {
        for (String line : lines) {
            if (line.startsWith("  ")) {
                append(line.substring(2));
            } else if (line.startsWith("[")) {
                directory = Files.createDirectories(root.resolve(text(line.substring(1, line.lastIndexOf(']')))));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                entry(line);
            }
        }
    }

    private void entry(String line) throws IOException {
        if (line.endsWith("/")) {
            Files.createDirectories(path(line));
        } else if (line.contains(" -> ")) {
            String[] link = line.split(" -> ", 2);
            links.add(Files.createSymbolicLink(path(link[0]), Path.of(text(link[1]))));
        } else {
            String[] entry = line.split(" = ", 2);
            file = path(entry[0]);
            Files.write(file, new byte[0]);
            if (entry.length == 2) {
                append(entry[1]);
            }
        }
    }

    private Path path(String name) throws IOException {
        Path path = directory.resolve(text(name));
        Files.createDirectories(path.getParent());
        return path;
    }

    private void append(String line) throws IOException {
        boolean ended = line.endsWith("\\c");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(unescape(ended ? line.substring(0, line.length() - 2) : line));
        if (!ended && !line.endsWith("\\0")) {
            bytes.write('\n');
        }
        Files.write(file, bytes.toByteArray(), StandardOpenOption.APPEND);
    }

    private static String text(String escaped) {
        return new String(unescape(escaped), StandardCharsets.UTF_8);
    }

    private static byte[] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        for (int escape = text.indexOf('\\'); escape >= 0; escape = text.indexOf('\\', from)) {
            bytes.writeBytes(text.substring(from, escape).getBytes(StandardCharsets.UTF_8));
            char kind = text.charAt(escape + 1);
            from = escape + (kind == 'x' ? 4 : 2);
            bytes.write(unescape(kind, text, from));
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static int unescape(char kind, String text, int end) {
        return switch (kind) {
            case '\\' -> '\\';
            case 'n' -> '\n';
            case '0' -> 0;
            case 'x' -> Integer.parseInt(text.substring(end - 2, end), 16);
            default -> throw new IllegalArgumentException("no such escape: '" + text + "'");
        };
    }
}
