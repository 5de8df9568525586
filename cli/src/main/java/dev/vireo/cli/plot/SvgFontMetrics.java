package dev.vireo.cli.plot;

import java.awt.FontMetrics;

/** How wide and high text in an {@link SvgFont} is. */
final class SvgFontMetrics extends FontMetrics {
    private static final long serialVersionUID = 1L;

    SvgFontMetrics(SvgFont font) {
        super(font);
    }

    private SvgFont svgFont() {
        return (SvgFont) font;
    }

    @Override
    public int getAscent() {
        return (int) Math.ceil(svgFont().ascent());
    }

    @Override
    public int getDescent() {
        return (int) Math.ceil(svgFont().descent());
    }

    @Override
    public int stringWidth(String text) {
        return (int) Math.ceil(svgFont().width(text));
    }

    @Override
    public int charWidth(char character) {
        return stringWidth(String.valueOf(character));
    }
}
