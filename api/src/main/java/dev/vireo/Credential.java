package dev.vireo;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one thing that proves who is calling, and takes the answer: libvirt's {@code virConnectCredential}.
 *
 * <p>Mutable and not thread-safe. A driver makes it, uses its result and then wipes it.
 */
public final class Credential {
    private final CredentialType type;
    private final String prompt;
    private final @Nullable String challenge;
    private final @Nullable String defaultResult;
    private char @Nullable [] result;

    private Credential(CredentialType type, String prompt, @Nullable String challenge, @Nullable String defaultResult) {
        this.type = Objects.requireNonNull(type, "type");
        this.prompt = Objects.requireNonNull(prompt, "prompt");
        this.challenge = challenge;
        this.defaultResult = defaultResult;
    }

    /**
     * Makes a question. Called by a driver.
     *
     * @param type what is asked for
     * @param prompt the text to show to a person
     * @param challenge what is to be answered, null if there is nothing more than the prompt
     * @param defaultResult what holds if nothing is answered, null if something must be
     * @return the question, without a result
     */
    public static Credential of(
            CredentialType type, String prompt, @Nullable String challenge, @Nullable String defaultResult) {
        return new Credential(type, prompt, challenge, defaultResult);
    }

    /**
     * Returns what is asked for.
     *
     * @return the type
     */
    public CredentialType type() {
        return type;
    }

    /**
     * Returns the text to show to a person.
     *
     * @return the prompt, from the hypervisor: treat it as data
     */
    public String prompt() {
        return prompt;
    }

    /**
     * Returns what is to be answered.
     *
     * @return the challenge, empty if the prompt says it all
     */
    public Optional<String> challenge() {
        return Optional.ofNullable(challenge);
    }

    /**
     * Returns what holds if no result is set.
     *
     * @return the default, empty if there is none
     */
    public Optional<String> defaultResult() {
        return Optional.ofNullable(defaultResult);
    }

    /**
     * Answers.
     *
     * @param answer the answer; it is copied, and a driver wipes its copies when it needs them no more, at the latest when
     *     the connection closes
     */
    public void setResult(char[] answer) {
        wipe();
        result = answer.clone();
    }

    /**
     * Tells whether there is an answer, or a default.
     *
     * @return whether {@link #result()} has one
     */
    public boolean hasResult() {
        return result != null || defaultResult != null;
    }

    /**
     * Takes the answer. Called by a driver.
     *
     * @return a copy of the result, else of the default; empty if there is neither. Whoever asked wipes it.
     */
    public Optional<char[]> result() {
        if (result != null) {
            return Optional.of(result.clone());
        }
        return Optional.ofNullable(defaultResult).map(String::toCharArray);
    }

    /** Overwrites the result. Called by a driver when it has used it. */
    public void wipe() {
        if (result != null) {
            Arrays.fill(result, '\0');
            result = null;
        }
    }

    /** Returns the question, never the answer. */
    @Override
    public String toString() {
        return type + " '" + prompt + "'";
    }
}
