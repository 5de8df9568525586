package dev.vireo.cli.top;

import dev.vireo.monitor.Denominator;
import java.util.ArrayList;
import java.util.List;

/** The keys, and what the columns mean. */
final class HelpPage {
    private static final List<String> KEYS = List.of(
            "q, Ctrl-C      quit",
            "arrows, j, k   choose a domain, scroll a page; also PgUp, PgDn, Home, End",
            "Enter          the chosen domain alone: its vCPUs, and why a number is '-'",
            "m              heat map: a line for each domain, a column for each host CPU",
            "s              sort by the next column",
            "/              show the domains whose names hold a text; an empty one shows all",
            "d              choose what 100 % is",
            "p, Space       pause, and go on; a recording goes on where it was",
            "?, h           this help",
            "Esc            back");
    private static final List<String> COLUMNS = List.of(
            "CPU%           all that the domain used: vCPUs, emulator, I/O threads",
            "USER% SYS%     its parts in user mode and in the kernel, as the kernel has them",
            "STEAL%         vCPUs ready to run that waited for a host CPU",
            "OVERH%         used outside the vCPUs: emulator, I/O threads, vhost",
            "-              not known; Enter shows why",
            "(2.0 s old)    the domain did not answer in time; its numbers are of then");

    private HelpPage() {}

    static List<String> text() {
        List<String> lines = new ArrayList<>(KEYS);
        lines.add("");
        lines.addAll(COLUMNS);
        lines.add("");
        lines.add("100 % is, as the first line says, one of:");
        for (Denominator denominator : Denominator.values()) {
            lines.add("  " + denominator.label());
        }
        return lines;
    }
}
