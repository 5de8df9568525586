package dev.vireo.driver.libvirt.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.vireo.Authentication;
import dev.vireo.Credential;
import dev.vireo.CredentialType;
import dev.vireo.ErrorCode;
import dev.vireo.ErrorLevel;
import dev.vireo.HypervisorException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libvirt.jna.virConnectCredential;

class AuthenticationCallbackTest {
    private final HypervisorException libvirts =
            HypervisorException.reported(45, 7, ErrorLevel.ERROR, "libvirt", "authentication failed");

    private final Memory prompt = CText.of("Größe");
    private final Memory question = new Memory(2L * AuthenticationCallback.SIZE);
    private final List<Credential> asked = new ArrayList<>();

    AuthenticationCallbackTest() {
        question.clear();
        ask(0, CredentialType.AUTHNAME);
        ask(1, CredentialType.PASSPHRASE);
    }

    private void ask(int index, CredentialType type) {
        long at = (long) index * AuthenticationCallback.SIZE;
        question.setInt(at + AuthenticationCallback.TYPE, type.number());
        question.setPointer(at + AuthenticationCallback.PROMPT, prompt);
    }

    private AuthenticationCallback callback(Authentication authentication) {
        return new AuthenticationCallback(credentials -> {
            asked.addAll(credentials);
            return authentication.answer(credentials);
        });
    }

    private int call(AuthenticationCallback callback) {
        return callback.authCallback(new First(question), 2, null);
    }

    /** As JNA hands it over: the first structure of an array. */
    private static final class First extends virConnectCredential {
        First(Pointer memory) {
            useMemory(memory);
        }
    }

    private byte[] result(int index) {
        long at = (long) index * AuthenticationCallback.SIZE;
        return question.getPointer(at + AuthenticationCallback.RESULT)
                .getByteArray(0, question.getInt(at + AuthenticationCallback.RESULT_LENGTH) + 1);
    }

    private void freeResults() {
        for (int i = 0; i < 2; i++) {
            Native.free(question.getLong((long) i * AuthenticationCallback.SIZE + AuthenticationCallback.RESULT));
        }
    }

    @Test
    void answersAreBytesOfUtf8InMemoryThatLibvirtMayFree() {
        assertEquals(0, call(callback(credentials -> {
            credentials.get(0).setResult("me".toCharArray());
            credentials.get(1).setResult("größe€😀".toCharArray());
            return true;
        })));
        assertArrayEquals("me\0".getBytes(StandardCharsets.UTF_8), result(0));
        assertArrayEquals("größe€😀\0".getBytes(StandardCharsets.UTF_8), result(1));
        assertEquals("Größe", asked.get(0).prompt());
        assertTrue(asked.get(1).result().isEmpty(), "wiped");
        freeResults();
    }

    @Test
    void whoGivesUpCancels() {
        AuthenticationCallback callback = callback(credentials -> false);
        assertEquals(-1, call(callback));
        HypervisorException error = callback.explain(libvirts);
        assertEquals(ErrorCode.AUTH_CANCELLED, error.code());
        assertTrue(error.getMessage().contains("PASSPHRASE 'Größe'"), error::getMessage);
    }

    @Test
    void whatIsLeftUnansweredCancelsToo() {
        AuthenticationCallback callback = callback(credentials -> true);
        assertEquals(-1, call(callback));
        assertEquals(ErrorCode.AUTH_CANCELLED, callback.explain(libvirts).code());
    }

    @Test
    void anExceptionDoesNotPassThroughLibvirtAndIsTheCause() {
        IllegalStateException broken = new IllegalStateException("vault locked");
        AuthenticationCallback callback = callback(credentials -> {
            throw broken;
        });
        assertEquals(-1, call(callback));
        HypervisorException error = callback.explain(libvirts);
        assertSame(broken, error.getCause());
        assertTrue(error.getMessage().contains("vault locked"), error::getMessage);
    }

    @Test
    void whereNobodyAnswersTheErrorIsLibvirts() {
        AuthenticationCallback callback = new AuthenticationCallback(null);
        assertEquals(-1, call(callback));
        assertSame(libvirts, callback.explain(libvirts));
    }

    @Test
    void whatIsManagedElsewhereNeedsNoAnswer() {
        ask(0, CredentialType.EXTERNAL);
        ask(1, CredentialType.EXTERNAL);
        assertEquals(0, call(new AuthenticationCallback(null)));
    }

    @Test
    void aRefusalOfTheDaemonsIsItsOwn() {
        assertSame(libvirts, callback(credentials -> true).explain(libvirts));
    }
}
