package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Credential;
import dev.vireo.CredentialType;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedAnswersTest {
    private int asked;
    private final RememberedAnswers answers = new RememberedAnswers(credentials -> {
        asked++;
        credentials.forEach(credential -> credential.setResult(("secret " + asked).toCharArray()));
        return true;
    });

    private static Credential password() {
        return Credential.of(CredentialType.PASSPHRASE, "Password", null, null);
    }

    private String answer() {
        Credential credential = password();
        assertTrue(answers.answer(List.of(credential)));
        return new String(credential.result().orElseThrow());
    }

    @Test
    void aWrongAnswerIsNeverGivenAgain() {
        assertEquals("secret 1", answer());
        assertEquals("secret 2", answer());
    }

    @Test
    void anAnswerThatOpenedAConnectionIsGivenForTheNextOne() {
        answer();
        answers.setRight();
        assertEquals("secret 1", answer());
        assertEquals(1, asked);
    }

    @Test
    void anotherQuestionIsAsked() {
        answer();
        answers.setRight();
        Credential name = Credential.of(CredentialType.AUTHNAME, "Name", null, null);
        assertTrue(answers.answer(List.of(name, password())));
        assertArrayEquals("secret 2".toCharArray(), name.result().orElseThrow());
    }

    @Test
    void whatIsForgottenIsAskedAgain() {
        answer();
        answers.setRight();
        answers.forget();
        assertEquals("secret 2", answer());
    }

    @Test
    void whoGivesUpIsNotRemembered() {
        RememberedAnswers none = new RememberedAnswers(credentials -> false);
        none.setRight();
        assertFalse(none.answer(List.of(password())));
        assertFalse(none.answer(List.of(password())));
    }
}
