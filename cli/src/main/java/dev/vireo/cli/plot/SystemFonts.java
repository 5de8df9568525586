package dev.vireo.cli.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Whether this machine can draw text: a headless Java brings neither fonts nor the library that reads them. */
final class SystemFonts {
    private SystemFonts() {}

    /** Draws a letter, as nothing else tells. */
    static void require() throws PlotException {
        try {
            Graphics2D graphics = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 8));
            graphics.drawString("x", 0, 8);
            graphics.dispose();
        } catch (Error | RuntimeException noFonts) { // each Java and each lack has another one
            throw new PlotException("a PNG needs fonts, and Java finds none here (" + reason(noFonts)
                    + "); on Debian and Ubuntu install " + packages(noFonts)
                    + ", or write an .svg, which needs none");
        }
    }

    private static String packages(Throwable failure) {
        return reason(failure).contains("freetype")
                ? "libfreetype6, fontconfig and fonts-dejavu-core"
                : "fontconfig and fonts-dejavu-core";
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
