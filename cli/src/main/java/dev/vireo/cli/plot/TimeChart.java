package dev.vireo.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** CPU and steal over time: a line for each domain that has one, and a band that holds all others. */
final class TimeChart {
    private final Summary summary;
    private final List<DomainUse> domains;
    private final TimeLines lines;
    private final String percent;
    private final Fonts fonts;
    private final UnaryOperator<String> label;

    /**
     * Makes one.
     *
     * @param percent what is shown: names the denominator
     * @param label makes a domain's name fit to be shown
     */
    TimeChart(
            Summary summary,
            List<DomainUse> domains,
            TimeLines lines,
            String percent,
            Fonts fonts,
            UnaryOperator<String> label) {
        this.summary = summary;
        this.domains = domains;
        this.lines = lines;
        this.percent = percent;
        this.fonts = fonts;
        this.label = label;
    }

    JFreeChart chart(String title) {
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(timeAxis());
        plot.setGap(12);
        plot.add(plot("CPU, " + percent, TimeLines.Pair::cpu), 3);
        if (lines.hasSteal()) {
            plot.add(plot("steal, " + percent, TimeLines.Pair::steal), 2);
        }
        JFreeChart chart = new JFreeChart(title, fonts.bold(16), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        if (hasLegend()) {
            LegendTitle legend = new LegendTitle(plot.getSubplots().get(0));
            legend.setItemFont(fonts.plain(12));
            legend.setItemLabelPadding(new RectangleInsets(2, 2, 2, 14));
            legend.setPosition(RectangleEdge.BOTTOM);
            chart.addLegend(legend);
        }
        return chart;
    }

    boolean hasLegend() {
        return domains.size() <= Palette.styles();
    }

    private DateAxis timeAxis() {
        ZoneId zone = ZoneId.systemDefault();
        DateAxis axis = new DateAxis("time (" + zone.getId() + ")", TimeZone.getTimeZone(zone), Locale.ENGLISH);
        style(axis);
        axis.setRange(summary.firstMillis(), Math.max(summary.lastMillis(), summary.firstMillis() + 1));
        return axis;
    }

    private XYPlot plot(String name, Function<TimeLines.Pair, PixelLine> which) {
        XYSeriesCollection series = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true);
        double highest = 0;
        for (int i = 0; i < domains.size(); i++) {
            PixelLine line = which.apply(lines.of(domains.get(i)));
            series.addSeries(series(i + 1 + " " + label.apply(domains.get(i).name()), line));
            renderer.setSeriesPaint(i, Palette.line(i));
            renderer.setSeriesStroke(i, Palette.stroke(i, !hasLegend()));
            renderer.setSeriesShape(i, new Line2D.Double(-9, 0, 9, 0));
            renderer.setLegendLine(new Line2D.Double(-12, 0, 12, 0));
            highest = Math.max(highest, highest(line));
        }
        addBand(renderer, which.apply(lines.rest()), Palette.REST);
        addBand(renderer, which.apply(lines.middle()), Palette.MIDDLE);
        highest = Math.max(highest, highest(which.apply(lines.rest())));
        XYPlot plot = new XYPlot(series, null, percentAxis(name, highest), renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        return plot;
    }

    private static void addBand(XYLineAndShapeRenderer renderer, PixelLine band, Color color) {
        if (!band.isEmpty()) {
            renderer.addAnnotation(
                    new XYShapeAnnotation(band(band), new BasicStroke(0.5f), color, color), Layer.BACKGROUND);
        }
    }

    private NumberAxis percentAxis(String name, double highest) {
        NumberAxis axis = new NumberAxis(name);
        style(axis);
        axis.setRange(0, highest > 0 ? highest * 1.05 : 1);
        return axis;
    }

    private void style(ValueAxis axis) {
        axis.setLabelFont(fonts.plain(12));
        axis.setTickLabelFont(fonts.plain(11));
    }

    /** The band is drawn where it was measured; one moment alone is as wide as a column. */
    private static Path2D band(PixelLine rest) {
        Path2D.Double path = new Path2D.Double();
        int first = -1;
        int last = -1;
        for (int column = 0; column < rest.columns(); column++) {
            if (Double.isNaN(rest.low(column))) {
                continue;
            }
            if (first >= 0 && rest.isAfterGap(column)) {
                append(path, rest, first, last);
                first = column;
            }
            first = first < 0 ? column : first;
            last = column;
        }
        append(path, rest, first, last);
        return path;
    }

    private static void append(Path2D.Double path, PixelLine rest, int first, int last) {
        double half = first == last ? (rest.millis(1) - rest.millis(0)) / 2 : 0;
        path.moveTo(rest.millis(first) - half, rest.high(first));
        for (int column = first; column <= last; column++) {
            if (!Double.isNaN(rest.low(column))) {
                path.lineTo(rest.millis(column) + half, rest.high(column));
            }
        }
        for (int column = last; column >= first; column--) {
            if (!Double.isNaN(rest.low(column))) {
                path.lineTo(rest.millis(column) + half, rest.low(column));
            }
        }
        path.lineTo(rest.millis(first) - half, rest.low(first));
        path.closePath();
    }

    private static double highest(PixelLine line) {
        double highest = 0;
        for (int column = 0; column < line.columns(); column++) {
            highest = Double.isNaN(line.low(column)) ? highest : Math.max(highest, line.high(column));
        }
        return highest;
    }

    private static XYSeries series(String name, PixelLine line) {
        XYSeries series = new XYSeries(name, false, true);
        line.forEach(new PixelLine.Points() {
            private int run;

            @Override
            public void point(double millis, double value) {
                series.add(millis, value);
                run++;
            }

            @Override
            public void gap() {
                end();
                if (!series.isEmpty()) {
                    double millis = series.getX(series.getItemCount() - 1).doubleValue();
                    series.add(millis, Double.NaN);
                }
                run = 0;
            }

            /** A value between two gaps is a dot: a line to itself. */
            private void end() {
                if (run == 1) {
                    series.add(series.getDataItem(series.getItemCount() - 1));
                }
            }
        });
        return series;
    }
}
