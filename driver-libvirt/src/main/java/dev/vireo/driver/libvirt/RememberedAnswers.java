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

    RememberedAnswers(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public synchronized boolean answer(List<Credential> credentials) {
        if (credentials.stream().allMatch(this::answerAgain)) {
            return true;
        }
        if (!authentication.answer(credentials)) {
            return false;
        }
        credentials.forEach(
                credential -> credential.result().ifPresent(result -> answers.put(Question.of(credential), result)));
        return true;
    }

    private boolean answerAgain(Credential credential) {
        char[] answer = answers.get(Question.of(credential));
        if (answer != null) {
            credential.setResult(answer);
        }
        return answer != null;
    }

    synchronized void forget() {
        answers.values().forEach(answer -> Arrays.fill(answer, '\0'));
        answers.clear();
    }
}
