package dev.vireo.exporter.http;

import dev.vireo.exporter.files.SecretFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files whose content is used, and used anew when it has changed. What cannot be used is told, and what was used before
 * stays. Contents are compared, not times: a file may be replaced within a tick, or by a link that leads elsewhere.
 */
final class WatchedFiles {
    private static final System.Logger LOG = System.getLogger("dev.vireo.exporter.http");

    private final String what;
    private final List<Path> files;
    private final Consumer<List<String>> use;
    private @Nullable List<String> seen;
    private volatile @Nullable String problem;

    /**
     * @param what what they are, for messages: "the certificate"
     * @param use takes their texts, in their order; throws {@link IllegalArgumentException} if they will not do
     */
    WatchedFiles(String what, List<Path> files, Consumer<List<String>> use) {
        this.what = what;
        this.files = List.copyOf(files);
        this.use = use;
    }

    /** Uses them for the first time; what will not do is an error now. */
    void useFirst() throws ServingException {
        try {
            List<String> texts = read();
            use.accept(texts);
            seen = texts;
        } catch (IllegalArgumentException e) {
            throw new ServingException(what + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Uses them again if they have changed. To be called by one thread, now and then. */
    void look() {
        List<String> texts;
        try {
            texts = read();
        } catch (IllegalArgumentException e) {
            seen = null;
            tell(e);
            return;
        }
        if (!texts.equals(seen)) {
            seen = texts;
            useAgain(texts);
        }
    }

    private void useAgain(List<String> texts) {
        try {
            use.accept(texts);
            problem = null;
            LOG.log(System.Logger.Level.INFO, "{0}: read again, as it had changed", what);
        } catch (IllegalArgumentException e) {
            tell(e);
        }
    }

    private void tell(IllegalArgumentException failure) {
        String text = what + " has changed and cannot be used, the former one is still in use: " + failure.getMessage();
        if (!text.equals(problem)) {
            problem = text;
            LOG.log(System.Logger.Level.WARNING, "{0}", text);
        }
    }

    /** Returns why what is there now is not used. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private List<String> read() {
        return files.stream().map(SecretFile::read).toList();
    }
}
