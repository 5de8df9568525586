package dev.vireo.cli.plot;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;

/**
 * A font that the viewer of an SVG picture has, not this machine: about as wide as Helvetica, and never looked for among the
 * fonts that are installed here.
 */
final class SvgFont extends Font {
    private static final long serialVersionUID = 1L;
    private static final double ASCENT = 0.93;
    private static final double DESCENT = 0.22;
    private static final String NARROW = "ijlIt.,:;'|!()[]/\\ f-r";
    private static final String WIDE = "mwMW%@…";

    SvgFont(int style, int size) {
        // a name of its own: JFreeChart does not take a font that equals the one it has
        super("SVG", style, size);
    }

    double ascent() {
        return ASCENT * getSize2D();
    }

    double descent() {
        return DESCENT * getSize2D();
    }

    double width(String text) {
        double ems = text.codePoints().mapToDouble(SvgFont::ems).sum();
        return ems * getSize2D() * (isBold() ? 1.06 : 1);
    }

    private static double ems(int character) {
        if (NARROW.indexOf(character) >= 0) {
            return 0.31;
        }
        if (WIDE.indexOf(character) >= 0) {
            return 0.89;
        }
        boolean isLarge = Character.isUpperCase(character);
        return character >= 0x2e80 ? 1 : isLarge ? 0.72 : 0.6;
    }

    @Override
    public String getFamily() {
        return Font.SANS_SERIF;
    }

    @Override
    public Rectangle2D getStringBounds(String text, FontRenderContext unused) {
        return new Rectangle2D.Double(0, -ascent(), width(text), ascent() + descent());
    }

    @Override
    public LineMetrics getLineMetrics(String text, FontRenderContext unused) {
        return new SvgLineMetrics(text.length(), (float) ascent(), (float) descent());
    }
}
