package dev.vireo.exporter.http;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Knows who may ask, by the bcrypt hash of his password. A hash is slow on purpose; so the last password that was right is
 * remembered for each user, as a keyed digest whose key never leaves this object: the next scrape costs microseconds.
 * A wrong password, and a user who does not exist, cost one bcrypt each. Thread-safe.
 */
final class Passwords {
    private static final BCrypt.Verifyer VERIFIER = BCrypt.verifyer(
            BCrypt.Version.VERSION_2Y,
            // what htpasswd does: the hash is of the first 72 bytes
            LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y));

    private final Map<String, byte[]> hashes;
    private final byte[] nobodysHash;
    private final SecretKeySpec digestKey;
    private final Map<String, byte[]> verified = new ConcurrentHashMap<>();

    /** Takes the hash of each user, in bcrypt's text form. */
    Passwords(Map<String, byte[]> hashes) {
        this.hashes = Map.copyOf(hashes);
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[32];
        random.nextBytes(key);
        digestKey = new SecretKeySpec(key, "HmacSHA256");
        nobodysHash = BCrypt.with(BCrypt.Version.VERSION_2Y).hash(highestCost(), key);
    }

    private int highestCost() {
        return hashes.values().stream().mapToInt(PasswordFile::cost).max().orElse(BCrypt.MIN_COST);
    }

    /** Tells whether this password was found right before; returns at once. */
    boolean wasRight(String user, byte[] password) {
        byte[] right = verified.getOrDefault(user, new byte[0]);
        return MessageDigest.isEqual(right, digest(user, password));
    }

    /** Tells whether the password is right; takes as long as the hash costs, known user or not. */
    boolean isRight(String user, byte[] password) {
        byte[] hash = hashes.get(user);
        boolean right = VERIFIER.verify(password, hash == null ? nobodysHash : hash).verified && hash != null;
        if (right) {
            verified.put(user, digest(user, password));
        }
        return right;
    }

    private byte[] digest(String user, byte[] password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(digestKey);
            mac.update(user.getBytes(StandardCharsets.UTF_8));
            // no user name has a colon in it
            mac.update((byte) ':');
            return mac.doFinal(password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
