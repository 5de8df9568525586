package dev.vireo.exporter.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Lets through who shows a user's name and password (RFC 7617). */
final class BasicAuthentication implements RequestCheck {
    private static final Refusal WHO = Refusal.of(401, "a user and a password are needed")
            .with("WWW-Authenticate", "Basic realm=\"Vireo\", charset=\"UTF-8\"");
    private static final Refusal BUSY = Refusal.later("too many passwords are being checked", 2);

    private final Supplier<Passwords> passwords;
    // A hash costs a CPU's whole time: guessing may take one, and a few threads.
    private final Admission hashing = new Admission(1, 8, Duration.ofSeconds(5));

    BasicAuthentication(Supplier<Passwords> passwords) {
        this.passwords = passwords;
    }

    @Override
    public @Nullable Refusal refuse(Request request) throws InterruptedException {
        byte[] credentials = credentials(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        int colon = indexOfColon(credentials);
        if (colon < 0) {
            return WHO;
        }
        String user = new String(credentials, 0, colon, StandardCharsets.UTF_8);
        return refuse(user, Arrays.copyOfRange(credentials, colon + 1, credentials.length));
    }

    private @Nullable Refusal refuse(String user, byte[] password) throws InterruptedException {
        Passwords current = passwords.get();
        if (current.wasRight(user, password)) {
            return null;
        }
        if (!hashing.enter()) {
            return BUSY;
        }
        try {
            return current.isRight(user, password) ? null : WHO;
        } finally {
            hashing.leave();
        }
    }

    private static byte[] credentials(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(header.substring(6).strip());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static int indexOfColon(byte[] credentials) {
        for (int i = 0; i < credentials.length; i++) {
            if (credentials[i] == ':') {
                return i;
            }
        }
        return -1;
    }
}
