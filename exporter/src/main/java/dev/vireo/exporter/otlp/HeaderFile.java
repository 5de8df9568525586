package dev.vireo.exporter.otlp;

import dev.vireo.exporter.files.SecretFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A file of HTTP headers, one a line; empty lines and those that begin with # are skipped. Thread-safe. */
final class HeaderFile implements Supplier<Map<String, String>> {
    // RFC 9110, 5.1 and 5.5
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private final Path file;

    HeaderFile(Path file) {
        this.file = file;
    }

    /** Reads it, each time again. */
    @Override
    public Map<String, String> get() {
        Map<String, String> headers = new LinkedHashMap<>();
        int number = 0;
        for (String line : SecretFile.read(file).lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException(
                        "line " + number + " of " + file + " is no header such as 'Authorization: Bearer TOKEN'");
            }
            headers.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        try {
            requireSendable(headers);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("in " + file + " " + wrong.getMessage(), wrong);
        }
        return headers;
    }

    /** Values are not told: they are secrets. */
    static void requireSendable(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name of an HTTP header");
            }
            if (!VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("the value of " + name + " has characters that no header may have");
            }
        });
    }
}
