package dev.vireo.cli.plot;

import java.awt.Font;

/** The fonts of a picture: the system's for PNG, the viewer's for SVG. */
record Fonts(boolean areOfSystem) {
    Font plain(int size) {
        return font(Font.PLAIN, size);
    }

    Font bold(int size) {
        return font(Font.BOLD, size);
    }

    private Font font(int style, int size) {
        return areOfSystem ? new Font(Font.SANS_SERIF, style, size) : new SvgFont(style, size);
    }
}
