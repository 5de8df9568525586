package dev.vireo.cli;

/** Writes nanoseconds as virsh writes seconds: {@code %9llu.%09llu}. */
final class Seconds {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int DIGITS = 9;

    private Seconds() {}

    /** Appends unsigned nanoseconds, in 19 characters. */
    static void append(StringBuilder out, long nanos) {
        String whole = Long.toString(Long.divideUnsigned(nanos, NANOS_PER_SECOND));
        String fraction = Long.toString(Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
        pad(out, DIGITS - whole.length(), ' ');
        out.append(whole).append('.');
        pad(out, DIGITS - fraction.length(), '0');
        out.append(fraction);
    }

    /** Returns seconds without padding before them, for a table's cell. */
    static String of(long nanos) {
        StringBuilder text = new StringBuilder();
        append(text, nanos);
        return text.toString().strip();
    }

    static void pad(StringBuilder out, int count, char character) {
        for (int i = 0; i < count; i++) {
            out.append(character);
        }
    }
}
