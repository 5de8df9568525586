package dev.vireo;

/** Tells how consequent an error is: libvirt's {@code virErrorLevel}, in the order of its numbers. */
public enum ErrorLevel {
    /** No error. */
    NONE,
    /** A simple warning. */
    WARNING,
    /** An error. */
    ERROR;

    /**
     * Returns the level with libvirt's number.
     *
     * @param number a {@code virErrorLevel}
     * @return the level, {@link #ERROR} for a number that this version does not know
     */
    public static ErrorLevel ofNumber(int number) {
        ErrorLevel[] levels = values();
        return number >= 0 && number < levels.length ? levels[number] : ERROR;
    }
}
