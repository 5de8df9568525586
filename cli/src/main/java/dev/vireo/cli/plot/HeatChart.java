package dev.vireo.cli.plot;

import java.awt.Color;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** The heat map of domains and host CPUs. */
final class HeatChart {
    /** With more rows than that, names would lie on each other. */
    static final int MOST_NAMES = 40;

    /** Ranks are those of the legend above. */
    private static final int FIRST_RANK = 1;

    private final HeatMap map;
    private final List<DomainUse> domains;
    private final Fonts fonts;
    private final UnaryOperator<String> label;

    HeatChart(HeatMap map, List<DomainUse> domains, Fonts fonts, UnaryOperator<String> label) {
        this.map = map;
        this.domains = domains;
        this.fonts = fonts;
        this.label = label;
    }

    /** Returns how high a chart is whose rows can be told apart. */
    int height() {
        int row = map.rows() <= MOST_NAMES ? 18 : 2;
        return 170 + Math.max(60, row * map.rows());
    }

    JFreeChart chart() {
        Palette palette = new Palette(Math.max(1, map.highest()));
        XYPlot plot = new XYPlot(null, cpuAxis(), domainAxis(), null);
        plot.setRangeAxisLocation(AxisLocation.TOP_OR_LEFT);
        plot.setBackgroundPaint(Palette.UNKNOWN);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.addAnnotation(
                new XYDataImageAnnotation(map.image(palette), -0.5, FIRST_RANK - 0.5, map.columns(), map.rows()));
        JFreeChart chart = new JFreeChart("Host CPUs, mean of the whole recording", fonts.bold(16), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        TextTitle note = new TextTitle(note(), fonts.plain(12));
        note.setMargin(new RectangleInsets(0, 0, 6, 0));
        chart.addSubtitle(note);
        chart.addSubtitle(scale(palette));
        return chart;
    }

    private String note() {
        StringBuilder note = new StringBuilder("rows: domains, those that used most on top; grey: not known");
        if (map.domainsPerRow() > 1) {
            note.append("; each row is the highest of ")
                    .append(map.domainsPerRow())
                    .append(" domains");
        }
        if (map.cpusPerColumn() > 1) {
            note.append("; each column is the highest of ")
                    .append(map.cpusPerColumn())
                    .append(" CPUs");
        }
        return note.toString();
    }

    private PaintScaleLegend scale(Palette palette) {
        NumberAxis axis = new NumberAxis("% of each host CPU");
        style(axis);
        axis.setRange(0, palette.getUpperBound());
        PaintScaleLegend legend = new PaintScaleLegend(palette, axis);
        legend.setSubdivisionCount(60);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setStripWidth(14);
        legend.setStripOutlineVisible(false);
        legend.setMargin(new RectangleInsets(4, 12, 40, 12));
        legend.setBackgroundPaint(Color.WHITE);
        return legend;
    }

    private NumberAxis cpuAxis() {
        boolean isFolded = map.cpusPerColumn() > 1;
        NumberAxis axis = new NumberAxis(isFolded ? "host CPU, groups of " + map.cpusPerColumn() : "host CPU");
        style(axis);
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        axis.setRange(-0.5, map.columns() - 0.5);
        return axis;
    }

    private NumberAxis domainAxis() {
        NumberAxis axis;
        if (map.rows() <= MOST_NAMES) {
            String[] names = new String[map.rows() + FIRST_RANK];
            names[0] = "";
            for (int row = 0; row < map.rows(); row++) {
                names[row + FIRST_RANK] =
                        row + FIRST_RANK + " " + label.apply(domains.get(row).name());
            }
            axis = new SymbolAxis(null, names);
            ((SymbolAxis) axis).setGridBandsVisible(false);
        } else {
            axis = new NumberAxis(
                    map.domainsPerRow() > 1 ? "groups of domains by CPU time" : "rank of the domain by CPU time");
            axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        }
        style(axis);
        axis.setRange(FIRST_RANK - 0.5, map.rows() + FIRST_RANK - 0.5);
        axis.setInverted(true);
        return axis;
    }

    private void style(ValueAxis axis) {
        axis.setLabelFont(fonts.plain(12));
        axis.setTickLabelFont(fonts.plain(11));
    }
}
