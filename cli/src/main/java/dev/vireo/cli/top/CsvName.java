package dev.vireo.cli.top;

import dev.vireo.cli.SafeText;

/**
 * A domain's name as a cell of comma-separated values: safe for a terminal, and none that a spreadsheet would run as a formula. What
 * would begin one is spelled out as everything else is that is not safe, at the beginning of the name and where a spreadsheet that
 * splits lines at other characters would see another cell begin. Source: OWASP, CSV Injection.
 */
final class CsvName {
    /** In Unicode's full width, too, which spreadsheets in Japanese take for the same. */
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";
    /** What separates cells or encloses them, somewhere. */
    private static final String BEFORE_CELL = ",;|\"'";

    private CsvName() {}

    static String of(String name) {
        String safe = SafeText.of(name);
        StringBuilder out = new StringBuilder(safe.length());
        boolean mayBegin = true;
        for (int i = 0; i < safe.length(); i++) {
            char character = safe.charAt(i);
            if (mayBegin && FORMULA.indexOf(character) >= 0) {
                SafeText.spell(out, character);
            } else {
                out.append(character);
            }
            mayBegin = BEFORE_CELL.indexOf(character) >= 0 || (mayBegin && character == ' ');
        }
        return out.toString();
    }
}
