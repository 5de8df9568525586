package dev.vireo.cli;

import dev.vireo.Authentication;
import dev.vireo.Credential;
import dev.vireo.CredentialType;
import java.io.Console;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks whoever sits at the terminal; what is secret is not shown while it is typed. */
final class TerminalAuthentication implements Authentication {
    /** Reads a line after a prompt, null at the end of input. */
    interface Terminal {
        char @Nullable [] readShown(String prompt);

        char @Nullable [] readSecret(String prompt);
    }

    /** The system property that is {@code no} where the launcher knows that there is none: it costs it less to find out. */
    private static final String PROPERTY = "vireo.terminal";

    private final Terminal terminal;

    TerminalAuthentication(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Returns one that asks, empty if standard input and output are no terminal. */
    static Optional<Authentication> ofThisProcess() {
        return "no".equals(System.getProperty(PROPERTY))
                ? Optional.empty()
                : Optional.ofNullable(System.console()).map(TerminalAuthentication::of);
    }

    private static Authentication of(Console console) {
        return new TerminalAuthentication(new Terminal() {
            @Override
            public char @Nullable [] readShown(String prompt) {
                String line = console.readLine("%s", prompt);
                return line == null ? null : line.toCharArray();
            }

            @Override
            public char @Nullable [] readSecret(String prompt) {
                return console.readPassword("%s", prompt);
            }
        });
    }

    @Override
    public boolean answer(List<Credential> credentials) {
        for (Credential credential : credentials) {
            if (credential.type() != CredentialType.EXTERNAL && !answer(credential)) {
                return false;
            }
        }
        return true;
    }

    private boolean answer(Credential credential) {
        String prompt = prompt(credential);
        char[] typed = credential.type().isSecret() ? terminal.readSecret(prompt) : terminal.readShown(prompt);
        if (typed == null) {
            return false;
        }
        // an empty line takes the default
        if (typed.length > 0 || credential.defaultResult().isEmpty()) {
            credential.setResult(typed);
        }
        Arrays.fill(typed, '\0');
        return true;
    }

    private static String prompt(Credential credential) {
        StringBuilder prompt = new StringBuilder(SafeText.of(credential.prompt()));
        credential
                .challenge()
                .ifPresent(challenge ->
                        prompt.append(" (").append(SafeText.of(challenge)).append(')'));
        credential
                .defaultResult()
                .filter(unused -> !credential.type().isSecret())
                .ifPresent(result ->
                        prompt.append(" [").append(SafeText.of(result)).append(']'));
        return prompt.append(": ").toString();
    }
}
