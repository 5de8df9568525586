package dev.vireo.driver.qemu.cgroup.host;

import dev.vireo.HypervisorVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the QEMU that is installed. It is taken from the program's own text, the one that {@code --version} prints:
 * a library has no business running programs as its caller, who may be root.
 */
public final class QemuVersion {
    /** Up to the byte behind it, or a piece that ends within the last number would make a smaller one of it. */
    private static final Pattern TEXT =
            Pattern.compile("QEMU emulator version (\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?=\\D)");

    private static final int CHUNK = 1 << 20;
    /** More than the text is long: what one piece begins the next one has whole. */
    private static final int OVERLAP = 64;

    private final Path root;

    /**
     * Names the place.
     *
     * @param root the host's root directory
     */
    public QemuVersion(Path root) {
        this.root = root;
    }

    /**
     * Returns where programs are looked for.
     *
     * @return paths, in order
     */
    public List<Path> places() {
        List<Path> places = new ArrayList<>();
        for (String directory : List.of("usr/bin", "usr/libexec", "usr/local/bin")) {
            for (String program : List.of("qemu-system-" + emulated(), "qemu-kvm", "kvm")) {
                places.add(root.resolve(directory).resolve(program));
            }
        }
        return places;
    }

    /**
     * Looks for the version.
     *
     * @return the version of the first program that tells it, empty if there is none
     * @throws IOException if a program is there and cannot be read
     */
    public Optional<HypervisorVersion> find() throws IOException {
        for (Path program : places()) {
            Optional<HypervisorVersion> version = Files.exists(program) ? read(program) : Optional.empty();
            if (version.isPresent()) {
                return version;
            }
        }
        return Optional.empty();
    }

    static Optional<HypervisorVersion> read(Path program) throws IOException {
        byte[] chunk = new byte[CHUNK + OVERLAP];
        int kept = 0;
        try (InputStream stream = Files.newInputStream(program)) {
            for (int count = stream.readNBytes(chunk, 0, CHUNK);
                    count > 0;
                    count = stream.readNBytes(chunk, kept, CHUNK)) {
                int length = kept + count;
                Matcher matcher = TEXT.matcher(new String(chunk, 0, length, StandardCharsets.ISO_8859_1));
                if (matcher.find()) {
                    return Optional.of(new HypervisorVersion(
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3))));
                }
                kept = Math.min(OVERLAP, length);
                System.arraycopy(chunk, length - kept, chunk, 0, kept);
            }
        }
        return Optional.empty();
    }

    /** QEMU's name for the host's processor. */
    private static String emulated() {
        String architecture = NodeFacts.architecture();
        return architecture.equals("ppc64le") ? "ppc64" : architecture;
    }
}
