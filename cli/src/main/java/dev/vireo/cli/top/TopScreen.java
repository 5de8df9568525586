package dev.vireo.cli.top;

import dev.vireo.cli.SafeText;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Rates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jline.utils.AttributedString;

/** Makes the screen: a title, a page and a line for keys and troubles, in exactly so many lines of exactly so many columns. */
final class TopScreen {
    static final int SMALL_HEIGHT = 5;

    private final TopState state;
    private final Styles styles;
    private int pageHeight = 1;

    TopScreen(TopState state, Styles styles) {
        this.state = state;
        this.styles = styles;
    }

    List<AttributedString> lines(int width, int height) {
        List<AttributedString> lines = new ArrayList<>(height);
        boolean hasFooter = height >= SMALL_HEIGHT || (height > 1 && isUrgent());
        lines.add(title(width));
        pageHeight = height - (hasFooter ? 2 : 1);
        lines.addAll(page(width, pageHeight));
        while (lines.size() < height - (hasFooter ? 1 : 0)) {
            lines.add(new Line(width).end(styles.text()));
        }
        if (hasFooter) {
            lines.add(footer(width));
        }
        return lines.subList(0, height);
    }

    /** Returns how far a page key goes, as the screen was drawn last. */
    int pageStep() {
        return Math.max(1, pageHeight - 1);
    }

    /** Returns whose times per host CPU are looked at. */
    Set<DomainRun> watched() {
        Set<DomainRun> watched = new HashSet<>();
        Rates rates = state.rates();
        if (rates != null && state.page() == Page.MAP) {
            for (int row : state.selection().visible(pageHeight - MapPage.headers(pageHeight))) {
                watched.add(rates.later().domain(row).run());
            }
        }
        DomainRates detailed = state.page() == Page.DETAIL ? state.detailed() : null;
        if (detailed != null) {
            watched.add(detailed.sample().run());
        }
        return watched;
    }

    private boolean isUrgent() {
        return state.notice() != null || state.prompt() != null;
    }

    private AttributedString title(int width) {
        Rates rates = state.rates();
        Line line = new Line(width);
        if (state.isPaused()) {
            line.text("PAUSED  ", styles.alarm());
        }
        String text = rates == null
                ? state.settings().of().label() + "  the first snapshot is being made"
                : HostLine.text(rates, state.settings(), state.selection().size());
        return line.text(text, styles.title()).end(styles.title());
    }

    private List<AttributedString> page(int width, int height) {
        Rates rates = state.rates();
        if (rates == null || height < 1) {
            return List.of();
        }
        return switch (state.page()) {
            case LIST -> new ListPage(rates, state, styles).lines(width, height);
            case MAP -> new MapPage(rates, state, styles).lines(width, height);
            case DETAIL -> scrolled(DetailPage.text(state), width, height);
            case HELP -> scrolled(HelpPage.text(), width, height);
        };
    }

    private List<AttributedString> scrolled(List<String> page, int width, int height) {
        List<String> text = Wrapped.lines(page, width);
        int first = state.scrollWithin(text.size(), height);
        List<AttributedString> lines = new ArrayList<>();
        for (String line : text.subList(first, Math.min(text.size(), first + height))) {
            lines.add(new Line(width).text(line, styles.text()).end(styles.text()));
        }
        return lines;
    }

    private AttributedString footer(int width) {
        Line line = new Line(width);
        String prompt = state.prompt();
        String notice = state.notice();
        if (prompt != null) {
            return line.text("filter: " + SafeText.of(prompt) + "_  (Enter keeps, Esc drops)", styles.title())
                    .end(styles.title());
        }
        if (notice != null) {
            return line.text(SafeText.of(notice), styles.alarm()).end(styles.alarm());
        }
        return line.text(hints(), styles.hint()).end(styles.hint());
    }

    private String hints() {
        return switch (state.page()) {
            case LIST, MAP -> "q quit  s sort  / filter  p pause  d denominator  m map  Enter detail  ? help";
            case DETAIL, HELP -> "q quit  Esc back  arrows scroll  d denominator  p pause";
        };
    }
}
