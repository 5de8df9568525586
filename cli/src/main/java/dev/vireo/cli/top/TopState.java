package dev.vireo.cli.top;

import dev.vireo.monitor.Denominator;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rates;
import org.jspecify.annotations.Nullable;

/** All that decides what is on the screen. Not thread-safe. */
final class TopState {
    private TopSettings settings;
    private Page page = Page.LIST;
    private Page before = Page.LIST;
    private @Nullable Rates rates;
    private @Nullable Rates held;
    private @Nullable String notice;
    private @Nullable String prompt;
    private @Nullable DomainRun detailed;
    private final Selection selection = new Selection();
    private boolean isPaused;
    private int scroll;

    TopState(TopSettings settings) {
        this.settings = settings;
    }

    TopSettings settings() {
        return settings;
    }

    Page page() {
        return page;
    }

    /** Returns null before the first snapshot. */
    @Nullable Rates rates() {
        return rates;
    }

    Selection selection() {
        return selection;
    }

    boolean isPaused() {
        return isPaused;
    }

    /** Returns what went wrong, null if nothing did. */
    @Nullable String notice() {
        return notice;
    }

    /** Returns the filter that is being typed, null if none is. */
    @Nullable String prompt() {
        return prompt;
    }

    /** Returns the first line of a page that is read line by line. */
    int scroll() {
        return scroll;
    }

    /** Takes the next rates; while it is paused, for when it goes on. */
    void show(Rates next) {
        notice = null;
        if (isPaused && rates != null) {
            held = next;
        } else {
            rates = next;
            reorder();
        }
    }

    void fail(String why) {
        notice = why;
    }

    void choose(TopSettings chosen) {
        settings = chosen;
        reorder();
    }

    void nextDenominator() {
        Denominator[] all = Denominator.values();
        choose(settings.withOf(all[(settings.of().ordinal() + 1) % all.length]));
    }

    void pause() {
        isPaused = !isPaused;
        Rates last = held;
        if (!isPaused && last != null) {
            held = null;
            show(last);
        }
    }

    void type(@Nullable String filter) {
        prompt = filter;
    }

    /** Shows a page, or what was before it if it is shown already. */
    void toggle(Page wanted) {
        if (page == wanted) {
            back();
        } else {
            before = page == Page.HELP || page == Page.DETAIL ? before : page;
            page = wanted;
            scroll = 0;
        }
    }

    void back() {
        page = page == Page.HELP || page == Page.DETAIL ? before : Page.LIST;
        scroll = 0;
    }

    /** Shows the chosen domain alone. */
    void detail() {
        Rates shown = rates;
        if (shown != null && selection.row() >= 0) {
            detailed = shown.later().domain(selection.row()).run();
            toggle(Page.DETAIL);
        }
    }

    void move(long by) {
        if (page == Page.LIST || page == Page.MAP) {
            if (rates != null) {
                selection.move(rates, by);
            }
        } else {
            scroll = (int) Math.max(0, Math.min(Integer.MAX_VALUE, scroll + by));
        }
    }

    /** Keeps the last lines from being scrolled away. */
    int scrollWithin(int lines, int height) {
        scroll = Math.max(0, Math.min(scroll, lines - height));
        return scroll;
    }

    /** Returns the domain that is shown alone; after a lost connection, the one with its uuid. Null if it has gone. */
    @Nullable DomainRates detailed() {
        Rates shown = rates;
        DomainRun run = detailed;
        if (shown == null || run == null) {
            return null;
        }
        for (DomainSample sample : shown.later().domains()) {
            if (sample.run().equals(run)) {
                return shown.domain(sample.row());
            }
        }
        return shown.find(run.uuid()).orElse(null);
    }

    /** Returns the name of the domain that is shown alone, also if it has gone. */
    String detailedName() {
        return detailed == null ? "" : detailed.name();
    }

    private void reorder() {
        if (rates != null) {
            selection.show(rates, Order.rows(rates, settings));
        }
    }
}
