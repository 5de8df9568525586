package dev.vireo.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours that are told apart with any kind of colour vision: for lines those of Okabe and Ito, without the yellow that is lost on
 * white; for the heat map from light to dark, so that it works in grey too.
 */
final class Palette implements PaintScale {
    static final Color UNKNOWN = new Color(0xd4d4d4);
    static final Color REST = new Color(0xe2e2e2);
    static final Color MIDDLE = new Color(0xb0b0b0);
    static final Color GRID = new Color(0xe4e4e4);

    private static final Color[] LINES = {
        new Color(0x0072b2),
        new Color(0xd55e00),
        new Color(0x009e73),
        new Color(0xcc79a7),
        new Color(0xe69f00),
        new Color(0x56b4e9),
        new Color(0x000000)
    };
    private static final float[][] DASHES = {{}, {6, 3}, {2, 3}, {9, 3, 2, 3}};
    private static final int[] HEAT = {0xffffe5, 0xd9f0a3, 0x78c679, 0x238443, 0x00441b};

    private final double upper;

    Palette(double upper) {
        this.upper = upper;
    }

    /** How many lines are told apart by colour alone. */
    static int colors() {
        return LINES.length;
    }

    /** How many lines are told apart by colour and dashes. */
    static int styles() {
        return LINES.length * DASHES.length;
    }

    static Color line(int number) {
        return LINES[number % LINES.length];
    }

    static Stroke stroke(int number, boolean isOneOfMany) {
        float[] dashes = DASHES[number / LINES.length % DASHES.length];
        float width = isOneOfMany ? 0.8f : 1.6f;
        boolean isPlain = dashes.length == 0 || isOneOfMany;
        return isPlain
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    @Override
    public double getLowerBound() {
        return 0;
    }

    @Override
    public double getUpperBound() {
        return upper;
    }

    @Override
    public Color getPaint(double value) {
        // the root, or one busy domain would leave all others as pale as idle ones
        double place = Math.sqrt(Math.max(0, Math.min(1, value / upper))) * (HEAT.length - 1);
        int below = Math.min(HEAT.length - 2, (int) place);
        double part = place - below;
        int color = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int from = HEAT[below] >> shift & 0xff;
            int to = HEAT[below + 1] >> shift & 0xff;
            color |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return new Color(color);
    }
}
