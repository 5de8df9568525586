package dev.vireo.cli;

/** Ends a command with exit code 1 and a message, where no driver has reported an error. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
