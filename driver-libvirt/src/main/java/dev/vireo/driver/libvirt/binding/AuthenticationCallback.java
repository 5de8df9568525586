package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.vireo.Authentication;
import dev.vireo.Credential;
import dev.vireo.CredentialType;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virConnectAuth;
import org.libvirt.jna.virConnectCredential;

/**
 * Lets an {@link Authentication} answer libvirt. libvirt frees the answers, so they are made by {@code malloc}; the
 * callback of libvirt-java leaves memory of its own there, which is then freed twice, and counts characters as bytes.
 */
final class AuthenticationCallback implements Libvirt.VirConnectAuthCallback {
    static final int TYPE = 0;
    static final int PROMPT = 8;
    static final int CHALLENGE = 16;
    static final int DEFAULT_RESULT = 24;
    static final int RESULT = 32;
    static final int RESULT_LENGTH = 40;
    static final int SIZE = 48;

    private static final int MOST_BYTES_OF_A_CHAR = 3;
    private static final int ANSWERED = 0;
    private static final int REFUSED = -1;

    /** What libvirt's own default callback takes; it would ask for a user's name besides the one to authorize as. */
    private static final CredentialType[] TYPES = {
        CredentialType.AUTHNAME,
        CredentialType.ECHOPROMPT,
        CredentialType.REALM,
        CredentialType.PASSPHRASE,
        CredentialType.NOECHOPROMPT,
        CredentialType.EXTERNAL
    };

    private final @Nullable Authentication authentication;
    private @Nullable Throwable failure;
    private boolean gaveUp;
    private List<Credential> asked = List.of();

    /**
     * Makes a callback.
     *
     * @param authentication who answers; null if nobody does, so that libvirt has its files of credentials alone, which
     *     it reads only where there is a callback
     */
    AuthenticationCallback(@Nullable Authentication authentication) {
        this.authentication = authentication;
    }

    /** Returns libvirt's structure that names this callback. */
    virConnectAuth structure() {
        Memory numbers = new Memory((long) TYPES.length * Integer.BYTES);
        for (int i = 0; i < TYPES.length; i++) {
            numbers.setInt((long) i * Integer.BYTES, TYPES[i].number());
        }
        virConnectAuth structure = new virConnectAuth();
        structure.credtype = numbers;
        structure.ncredtype = TYPES.length;
        structure.cb = this;
        return structure;
    }

    /** Says why libvirt did not get its answers, where that is the reason of its error. */
    HypervisorException explain(HypervisorException refused) {
        if (failure != null) {
            return HypervisorException.of(
                    ErrorCode.AUTH_FAILED,
                    LastError.ORIGIN,
                    "the program's Authentication failed: " + failure + " (" + refused.getMessage() + ")",
                    failure);
        }
        return gaveUp
                ? HypervisorException.of(ErrorCode.AUTH_CANCELLED, LastError.ORIGIN, "no answer to " + asked, refused)
                : refused;
    }

    @Override
    public int authCallback(virConnectCredential first, int count, @Nullable Pointer data) {
        // else JNA would write over the answers what it read before
        first.setAutoSynch(false);
        try {
            return answer(first.getPointer(), count);
        } catch (Throwable broken) {
            // an exception cannot pass through libvirt
            failure = broken;
            return REFUSED;
        }
    }

    private int answer(Pointer array, int count) {
        List<Credential> credentials = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            credentials.add(read(array.share((long) i * SIZE)));
        }
        asked = List.copyOf(credentials);
        try {
            boolean answered = authentication == null || authentication.answer(asked);
            if (!answered || !areAnswered(credentials)) {
                gaveUp = authentication != null;
                return REFUSED;
            }
            for (int i = 0; i < count; i++) {
                write(array.share((long) i * SIZE), credentials.get(i));
            }
            return ANSWERED;
        } finally {
            credentials.forEach(Credential::wipe);
        }
    }

    private static boolean areAnswered(List<Credential> credentials) {
        return credentials.stream()
                .allMatch(credential -> credential.type() == CredentialType.EXTERNAL || credential.hasResult());
    }

    private static Credential read(Pointer credential) {
        int number = credential.getInt(TYPE);
        CredentialType[] types = CredentialType.values();
        if (number < 1 || number > types.length) {
            throw new IllegalStateException("libvirt asks for a credential of the unknown type " + number);
        }
        return Credential.of(
                types[number - 1],
                Objects.requireNonNullElse(CText.at(credential.getLong(PROMPT)), ""),
                CText.at(credential.getLong(CHALLENGE)),
                CText.at(credential.getLong(DEFAULT_RESULT)));
    }

    private static void write(Pointer into, Credential credential) {
        credential.result().ifPresent(result -> {
            byte[] encoded = new byte[result.length * MOST_BYTES_OF_A_CHAR];
            ByteBuffer end = ByteBuffer.wrap(encoded);
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(result), end, true);
            int length = end.position();
            Pointer copy = new Pointer(Native.malloc(length + 1L));
            copy.write(0, encoded, 0, length);
            copy.setByte(length, (byte) 0);
            into.setPointer(RESULT, copy);
            into.setInt(RESULT_LENGTH, length);
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(result, '\0');
        });
    }
}
