package dev.vireo.cli.plot;

/** Says why there is no picture. */
public final class PlotException extends Exception {
    private static final long serialVersionUID = 1L;

    PlotException(String message) {
        super(message);
    }
}
