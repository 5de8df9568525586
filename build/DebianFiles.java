import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes what a Debian package has and the archive has not: compressed manual pages, and a list of changes. */
final class DebianFiles {
    private DebianFiles() {}

    /** Takes the directory of manual pages, the one to write to, the project's version, who maintains it, and a time. */
    public static void main(String[] args) throws IOException {
        Path pages = Path.of(args[0]);
        Path to = Path.of(args[1]);
        Path compressed = Files.createDirectories(to.resolve("man1"));
        try (Stream<Path> files = Files.list(pages)) {
            for (Path page : files.toList()) {
                Files.write(compressed.resolve(page.getFileName() + ".gz"), gzip(Files.readAllBytes(page)));
            }
        }
        String changes = "vireo (" + args[2].replace("-SNAPSHOT", "~snapshot")
                + ") unstable; urgency=medium\n\n  * See the history of the project.\n\n -- " + args[3] + "  "
                + date(args[4]) + "\n";
        Files.write(to.resolve("changelog.gz"), gzip(changes.getBytes(StandardCharsets.UTF_8)));
    }

    private static String date(String time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .format(Instant.parse(time).atOffset(ZoneOffset.UTC));
    }

    /** Compresses as {@code gzip -9n} does; the JDK's own stream does not say in its header how well it compressed. */
    private static byte[] gzip(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 2, 3});
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(text);
        deflater.finish();
        byte[] part = new byte[8192];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        CRC32 sum = new CRC32();
        sum.update(text);
        writeNumber(out, (int) sum.getValue());
        writeNumber(out, text.length);
        return out.toByteArray();
    }

    private static void writeNumber(ByteArrayOutputStream out, int number) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(number >>> shift);
        }
    }
}
