package dev.vireo.cli.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.TextTitle;

/** Draws a recording: CPU and steal over time, and which domain used which host CPU. */
public final class Picture {
    private static final int WIDTH = 1200;
    private static final int MOST_COLUMNS = 1000;
    /** How many points all lines have at most, so that an SVG file stays below a megabyte. */
    private static final int MOST_POINTS = 110_000;

    private static final int LONGEST_NAME = 28;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final PlotRequest request;
    private final Summary summary;
    private final List<DomainUse> domains;
    private final List<DomainUse> drawn;
    private final TimeLines lines;
    private final HeatMap heat;
    private final UnaryOperator<String> label;

    private Picture(PlotRequest request, UnaryOperator<String> safe) throws IOException, PlotException {
        this.request = request;
        label = name -> shortened(safe.apply(name));
        summary = Summary.of(request.recording());
        domains = new DomainChoice(request, summary).domains();
        drawn = domains.subList(0, lineCount());
        List<DomainUse> rest = domains.subList(drawn.size(), domains.size());
        int columns = Math.max(20, Math.min(MOST_COLUMNS, MOST_POINTS / 4 / drawn.size()));
        lines = TimeLines.of(request.recording(), summary, drawn, rest, request.of(), columns);
        heat = new HeatMap(domains);
    }

    /**
     * Draws a recording into a file.
     *
     * @param request what is to be drawn
     * @param safe makes text of a domain fit to be shown
     * @return where the recording is cut, empty if it is whole
     * @throws PlotException if there is nothing to draw, or no font to draw it with
     * @throws IOException if the recording cannot be read, or the picture cannot be written
     */
    public static Optional<String> draw(PlotRequest request, UnaryOperator<String> safe)
            throws IOException, PlotException {
        boolean isPng = request.out().toString().toLowerCase(Locale.ROOT).endsWith(".png");
        if (isPng) {
            SystemFonts.require();
        }
        Picture picture = new Picture(request, safe);
        if (isPng) {
            write(Png.of(picture.page(new Fonts(true))), request.out());
        } else {
            Page page = picture.page(new Fonts(false));
            SvgGraphics graphics = new SvgGraphics(WIDTH, page.height(), picture.title());
            page.drawOn(graphics);
            write(graphics.end().getBytes(StandardCharsets.UTF_8), request.out());
        }
        return Optional.ofNullable(picture.summary.cut());
    }

    /** Writes a picture; what there is of one where the disk is full is none, and is not left. */
    private static void write(byte[] picture, Path out) throws IOException {
        try {
            Files.write(out, picture);
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException failed) {
            if (Files.isRegularFile(out)) {
                Files.delete(out);
            }
            throw new FileSystemException(out.toString(), null, failed.getMessage());
        }
    }

    /** Charts one below the other. */
    record Page(List<JFreeChart> charts, List<Integer> heights) {
        int width() {
            return WIDTH;
        }

        int height() {
            return heights.stream().mapToInt(Integer::intValue).sum();
        }

        void drawOn(Graphics2D graphics) {
            // the way around asks the system's fonts, also where text is not drawn with them
            TextUtils.setUseDrawRotatedStringWorkaround(false);
            int y = 0;
            for (int i = 0; i < charts.size(); i++) {
                charts.get(i).draw(graphics, new Rectangle2D.Double(0, y, WIDTH, heights.get(i)));
                y += heights.get(i);
            }
        }
    }

    private int lineCount() {
        if (!request.domains().isEmpty()) {
            return domains.size();
        }
        int automatic = domains.size() <= 2 * Palette.colors() ? domains.size() : Palette.colors();
        return Math.min(domains.size(), request.lines() > 0 ? request.lines() : automatic);
    }

    private Page page(Fonts fonts) {
        List<JFreeChart> charts = new ArrayList<>();
        List<Integer> heights = new ArrayList<>();
        TimeChart time = new TimeChart(summary, drawn, lines, request.of().label(), fonts, label);
        JFreeChart chart = time.chart(title());
        notes(time).forEach(note -> chart.addSubtitle(new TextTitle(note, fonts.plain(12))));
        charts.add(chart);
        heights.add((lines.hasSteal() ? 620 : 420) + (time.hasLegend() ? 8 * drawn.size() : 0));
        if (!heat.isEmpty()) {
            HeatChart heatChart = new HeatChart(heat, domains, fonts, label);
            charts.add(heatChart.chart());
            heights.add(heatChart.height());
        }
        return new Page(charts, heights);
    }

    private String title() {
        return "CPU use of " + count(domains.size(), "domain") + ", " + label.apply(summary.driverName());
    }

    private List<String> notes(TimeChart time) {
        List<String> notes = new ArrayList<>();
        notes.add(time(summary.firstMillis()) + " to " + time(summary.lastMillis()) + ", "
                + count(summary.snapshots(), "snapshot"));
        int others = domains.size() - drawn.size();
        if (others > 0) {
            notes.add("lines: the " + drawn.size() + " that used most, 1 most of all; of the other " + others
                    + " light grey has all, dark grey the middle 80 %");
        }
        if (!time.hasLegend()) {
            notes.add("too many lines for a legend: the heat map has the same order");
        }
        if (lines.hasFolded()) {
            notes.add("where many snapshots fall into one place, the lowest and the highest of them are drawn");
        }
        if (!lines.hasSteal()) {
            notes.add("no steal: " + label.apply(summary.noSteal()));
        }
        if (heat.isEmpty()) {
            notes.add("no times per host CPU: " + label.apply(summary.noHostCpus()));
        }
        return notes;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String time(double millis) {
        return TIME.format(Instant.ofEpochMilli((long) millis).atZone(ZoneId.systemDefault()));
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }
}
