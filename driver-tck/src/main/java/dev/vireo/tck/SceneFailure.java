package dev.vireo.tck;

/** What the class that tests a driver was asked for and did not do. It breaks no rule, and is no deviation. */
final class SceneFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    SceneFailure(String message) {
        super(message);
    }

    SceneFailure(String what, Throwable cause) {
        super("the test's own " + what + " failed: " + cause, cause);
    }
}
