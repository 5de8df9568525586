package dev.vireo.driver.libvirt;

import dev.vireo.Authentication;
import dev.vireo.Credential;
import dev.vireo.CredentialType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers as somebody answered before, so that nobody is asked twice for the further connections of a session. Forgets
 * all when the session closes. Thread-safe.
 */
final class RememberedAnswers implements Authentication {
    private record Question(CredentialType type, String prompt, Optional<String> challenge) {
        static Question of(Credential credential) {
            return new Question(credential.type(), credential.prompt(), credential.challenge());
        }
    }

    private final Authentication authentication;
    private final Map<Question, char[]> answers = new HashMap<>();
    private boolean areRight;

    RememberedAnswers(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public synchronized boolean answer(List<Credential> credentials) {
        if (areRight && credentials.stream().allMatch(this::answerAgain)) {
            return true;
        }
        if (!authentication.answer(credentials)) {
            return false;
        }
        credentials.forEach(this::remember);
        return true;
    }

    /** Says that the answers so far opened a connection; until then nothing is answered again. */
    synchronized void setRight() {
        areRight = true;
    }

    synchronized void forget() {
        areRight = false;
        answers.values().forEach(answer -> Arrays.fill(answer, '\0'));
        answers.clear();
    }

    private void remember(Credential credential) {
        credential.result().ifPresent(result -> {
            char[] former = answers.put(Question.of(credential), result);
            if (former != null) {
                Arrays.fill(former, '\0');
            }
        });
    }

    private boolean answerAgain(Credential credential) {
        char[] answer = answers.get(Question.of(credential));
        if (answer != null) {
            credential.setResult(answer);
        }
        return answer != null;
    }
}
