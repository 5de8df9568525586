package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CredentialTest {
    private final Credential password = Credential.of(CredentialType.PASSPHRASE, "Password", null, null);

    @Test
    void anAnswerIsNeverShown() {
        password.setResult("geheim".toCharArray());
        assertEquals("PASSPHRASE 'Password'", password.toString());
    }

    @Test
    void anAnswerIsACopyThatIsWiped() {
        char[] typed = "geheim".toCharArray();
        password.setResult(typed);
        typed[0] = 'x';
        assertArrayEquals("geheim".toCharArray(), password.result().orElseThrow());
        password.wipe();
        assertTrue(password.result().isEmpty());
    }

    @Test
    void theDefaultHoldsUntilThereIsAnAnswer() {
        Credential name = Credential.of(CredentialType.AUTHNAME, "Name", null, "root");
        assertArrayEquals("root".toCharArray(), name.result().orElseThrow());
        name.setResult("me".toCharArray());
        assertArrayEquals("me".toCharArray(), name.result().orElseThrow());
    }

    @Test
    void typesHaveLibvirtsNumbersAndSecretsAreKnown() {
        assertEquals(1, CredentialType.USERNAME.number());
        assertEquals(5, CredentialType.PASSPHRASE.number());
        assertEquals(9, CredentialType.EXTERNAL.number());
        assertTrue(CredentialType.NOECHOPROMPT.isSecret());
        assertFalse(CredentialType.ECHOPROMPT.isSecret());
    }

    @Test
    void optionsKeepWhoAnswersWhateverElseIsSet() {
        Authentication nobody = credentials -> false;
        OpenOptions options =
                OpenOptions.defaults().authentication(nobody).readWrite().errorListener(error -> {});
        assertEquals(nobody, options.authentication().orElseThrow());
        assertTrue(OpenOptions.defaults().authentication().isEmpty());
    }
}
