package dev.vireo.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Names and passwords that a private libvirtd knows, in a database that is not the host's.
 *
 * @param database its file
 */
record SaslAccounts(Path database) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    static SaslAccounts in(Path directory) {
        return new SaslAccounts(directory.resolve("passwords"));
    }

    /** Returns SASL's settings for libvirt: the one mechanism that encrypts and needs nothing but a password. */
    String daemonSettings() {
        return "mech_list: digest-md5\nsasldb_path: " + database + "\n";
    }

    void add(String user, String password) throws IOException {
        List<String> command =
                List.of(Programs.get("saslpasswd2"), "-p", "-c", "-f", database.toString(), "-a", "libvirt", user);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        awaitSuccess(process);
    }

    private static void awaitSuccess(Process process) {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new AssertionError("saslpasswd2 failed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while saslpasswd2 ran", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }
}
