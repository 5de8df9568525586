package dev.vireo.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code vireo serve} as a user runs it, at a port of its own choice. */
final class VireoServe implements AutoCloseable {
    private static final Pattern SERVING = Pattern.compile("serving (https?://127\\.0\\.0\\.1:\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final Path errors;
    private final String url;

    private VireoServe(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        try {
            Await.until(
                    () -> "vireo serves; it said " + said(),
                    LIMIT,
                    () -> SERVING.matcher(said()).find() || !process.isAlive());
            Matcher serving = SERVING.matcher(said());
            if (!serving.find()) {
                throw new AssertionError("vireo does not serve: " + said());
            }
            url = serving.group(1);
        } catch (IOException | AssertionError failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Starts it; the directory takes what it says. */
    static VireoServe start(Path directory, String uri, String... options) throws IOException {
        return startWith(Map.of(), directory, uri, options);
    }

    /** Starts it with variables. */
    static VireoServe startWith(Map<String, String> environment, Path directory, String uri, String... options)
            throws IOException {
        // the first use builds, and that takes its time
        VireoCommand.vireoWith(environment, "--version").requireSuccess();
        Path errors = Files.createTempFile(directory, "serve-", ".err");
        List<String> command = new ArrayList<>(
                List.of(Repository.root().resolve("vireo").toString(), "-c", uri, "serve", "--listen", "127.0.0.1:0"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new VireoServe(builder.start(), errors);
    }

    /** Returns where it listens. */
    String url() {
        return url;
    }

    String said() {
        try {
            return Files.readString(errors);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Scrapes, as somebody who accepts a format. */
    String scrape(String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/metrics"))
                .header("Accept", accept)
                .timeout(LIMIT)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Asks it to end; returns its exit code. */
    int end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("vireo does not end; it said " + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
