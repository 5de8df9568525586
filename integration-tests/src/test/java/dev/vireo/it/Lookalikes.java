package dev.vireo.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many processes that look like QEMU and do nothing. Closing ends all of them and waits for that. */
final class Lookalikes implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process starter;
    private final Map<String, Integer> pids = new TreeMap<>();

    private Lookalikes(Process starter) {
        this.starter = starter;
    }

    /**
     * Starts guests that are called {@code PREFIX-0}, {@code PREFIX-1} and so on; all of them run when this returns.
     */
    static Lookalikes start(CProgram program, String prefix, int count) throws IOException {
        Path copy = program.path().resolveSibling("qemu-system-x86_64");
        if (!Files.exists(copy)) {
            Files.copy(program.path(), copy);
        }
        Lookalikes guests = new Lookalikes(
                new ProcessBuilder(List.of(program.path().toString(), copy.toString(), prefix, Integer.toString(count)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
        try {
            guests.readPids(prefix, count);
            return guests;
        } catch (IOException | RuntimeException | AssertionError failed) {
            guests.close();
            throw failed;
        }
    }

    private void readPids(String prefix, int count) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            pids.put(prefix + "-" + pids.size(), Integer.valueOf(line));
        }
        if (pids.size() != count) {
            throw new AssertionError("only " + pids.size() + " of " + count + " guests were started");
        }
    }

    /** Returns each guest's process by its name. */
    Map<String, Integer> pids() {
        return pids;
    }

    @Override
    public void close() throws IOException {
        starter.getOutputStream().close();
        Await.until("all look-alikes have ended", LIMIT, () -> !starter.isAlive());
        starter.getInputStream().close();
    }
}
