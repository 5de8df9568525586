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
    private @Nullable List<String> used;
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
            used = texts;
        } catch (IllegalArgumentException e) {
            throw new ServingException(what + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Uses them again if they are not as those in use. To be called by one thread, now and then. */
    void look() {
        try {
            List<String> texts = read();
            if (!texts.equals(used)) {
                use.accept(texts);
                used = texts;
                LOG.log(System.Logger.Level.INFO, "{0}: read again, as it had changed", what);
            }
            problem = null;
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
