package dev.vireo.benchmarks;

/** What became of a bar. */
enum Verdict {
    MET("met"),
    MISSED("MISSED"),
    /** There is none; the figure is for information. */
    NO_BAR("");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    static Verdict of(boolean met) {
        return met ? MET : MISSED;
    }

    String text() {
        return text;
    }
}
