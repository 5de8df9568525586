package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Credential;
import dev.vireo.CredentialType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalAuthenticationTest {
    private final Deque<String> lines = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<char[]> given = new ArrayList<>();

    private final TerminalAuthentication authentication =
            new TerminalAuthentication(new TerminalAuthentication.Terminal() {
                @Override
                public char[] readShown(String prompt) {
                    asked.add("shown " + prompt);
                    return next();
                }

                @Override
                public char[] readSecret(String prompt) {
                    asked.add("secret " + prompt);
                    return next();
                }
            });

    private char[] next() {
        String line = lines.poll();
        if (line == null) {
            return null;
        }
        given.add(line.toCharArray());
        return given.get(given.size() - 1);
    }

    @Test
    void secretsAreReadUnseenAndTheRestIsShown() {
        Credential name = Credential.of(CredentialType.AUTHNAME, "Your name", null, "root");
        Credential password = Credential.of(CredentialType.PASSPHRASE, "Password", "realm x", null);
        lines.addAll(List.of("me", "geheim"));
        assertTrue(authentication.answer(List.of(name, password)));
        assertEquals(List.of("shown Your name [root]: ", "secret Password (realm x): "), asked);
        assertArrayEquals("me".toCharArray(), name.result().orElseThrow());
        assertArrayEquals("geheim".toCharArray(), password.result().orElseThrow());
        assertArrayEquals(new char[6], given.get(1), "what was typed is wiped");
    }

    @Test
    void anEmptyLineTakesTheDefault() {
        Credential name = Credential.of(CredentialType.AUTHNAME, "Your name", null, "root");
        lines.add("");
        assertTrue(authentication.answer(List.of(name)));
        assertArrayEquals("root".toCharArray(), name.result().orElseThrow());
    }

    @Test
    void theEndOfInputGivesUp() {
        assertFalse(authentication.answer(List.of(Credential.of(CredentialType.PASSPHRASE, "Password", null, null))));
    }

    @Test
    void whatIsManagedElsewhereIsNotAskedFor() {
        assertTrue(authentication.answer(List.of(Credential.of(CredentialType.EXTERNAL, "polkit", null, null))));
        assertEquals(List.of(), asked);
    }

    @Test
    void aPromptOfTheDaemonsCannotMoveTheCursor() {
        lines.add("x");
        authentication.answer(List.of(Credential.of(CredentialType.ECHOPROMPT, "a\u001b[2J", null, null)));
        assertEquals(List.of("shown a\\x1b[2J: "), asked);
    }
}
