package dev.vireo.cli.plot;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Image;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.awt.image.ImageObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Writes what is drawn as SVG. Clips are kept but not written: nothing of these pictures lies outside of them. */
final class SvgGraphics extends PlainGraphics {
    private static final float OPAQUE = 255;

    private final StringBuilder svg = new StringBuilder();

    SvgGraphics(int width, int height, String title) {
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
        svg.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width * SvgPath.TENTHS);
        svg.append(' ').append(height * SvgPath.TENTHS);
        svg.append("\" font-family=\"Helvetica,Arial,'DejaVu Sans',sans-serif\">\n<title>");
        appendText(title);
        svg.append("</title>\n");
    }

    /** Returns the whole picture; nothing can be drawn after that. */
    String end() {
        return svg.append("</svg>\n").toString();
    }

    @Override
    public void draw(Shape shape) {
        String path = SvgPath.of(shape, getTransform());
        if (path.isEmpty()) {
            return;
        }
        svg.append("<path fill=\"none\" d=\"").append(path).append('"');
        appendColor("stroke");
        if (getStroke() instanceof BasicStroke stroke) {
            append(stroke);
        }
        svg.append("/>\n");
    }

    private void append(BasicStroke stroke) {
        svg.append(" stroke-width=\"")
                .append(Math.round(stroke.getLineWidth() * SvgPath.TENTHS))
                .append('"');
        if (stroke.getEndCap() == BasicStroke.CAP_ROUND) {
            svg.append(" stroke-linecap=\"round\"");
        }
        if (stroke.getLineJoin() == BasicStroke.JOIN_ROUND) {
            svg.append(" stroke-linejoin=\"round\"");
        }
        float[] dashes = stroke.getDashArray();
        if (dashes != null) {
            String before = " stroke-dasharray=\"";
            for (float dash : dashes) {
                svg.append(before).append(Math.round(dash * SvgPath.TENTHS));
                before = " ";
            }
            svg.append('"');
        }
    }

    @Override
    public void fill(Shape shape) {
        String path = SvgPath.of(shape, getTransform());
        if (!path.isEmpty()) {
            svg.append("<path d=\"").append(path).append('"');
            appendColor("fill");
            svg.append("/>\n");
        }
    }

    @Override
    public void drawString(String text, float x, float y) {
        AffineTransform transform = getTransform();
        boolean isTurned = transform.getShearX() != 0;
        Point2D at = isTurned ? new Point2D.Float(x, y) : transform.transform(new Point2D.Float(x, y), null);
        svg.append("<text x=\"").append(tenths(at.getX())).append("\" y=\"").append(tenths(at.getY()));
        svg.append("\" font-size=\"")
                .append(getFont().getSize() * SvgPath.TENTHS)
                .append('"');
        if (getFont().isBold()) {
            svg.append(" font-weight=\"bold\"");
        }
        if (isTurned) {
            svg.append(String.format(
                    Locale.ROOT,
                    " transform=\"matrix(%.3f %.3f %.3f %.3f %d %d)\"",
                    transform.getScaleX(),
                    transform.getShearY(),
                    transform.getShearX(),
                    transform.getScaleY(),
                    tenths(transform.getTranslateX()),
                    tenths(transform.getTranslateY())));
        }
        appendColor("fill");
        svg.append('>');
        appendText(text);
        svg.append("</text>\n");
    }

    @Override
    public boolean drawImage(Image image, int x, int y, int width, int height, @Nullable ImageObserver observer) {
        Point2D at = getTransform().transform(new Point2D.Float(x, y), null);
        svg.append("<image x=\"").append(tenths(at.getX())).append("\" y=\"").append(tenths(at.getY()));
        svg.append("\" width=\"").append(width * SvgPath.TENTHS);
        svg.append("\" height=\"").append(height * SvgPath.TENTHS);
        svg.append("\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,");
        svg.append(Base64.getEncoder().encodeToString(png(enlarged((BufferedImage) image, width, height))))
                .append("\"/>\n");
        return true;
    }

    /** Not every viewer enlarges without smearing one cell into the next. */
    private static BufferedImage enlarged(BufferedImage image, int width, int height) {
        BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                large.setRGB(x, y, image.getRGB(x * image.getWidth() / width, y * image.getHeight() / height));
            }
        }
        return large;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", bytes);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static long tenths(double pixels) {
        return Math.round(pixels * SvgPath.TENTHS);
    }

    private void appendColor(String attribute) {
        Color color = getColor();
        svg.append(' ').append(attribute).append("=\"#");
        svg.append(String.format(Locale.ROOT, "%06x", color.getRGB() & 0xffffff))
                .append('"');
        float alpha = color.getAlpha() / OPAQUE * (getComposite() instanceof AlphaComposite c ? c.getAlpha() : 1);
        if (alpha < 1) {
            svg.append(' ').append(attribute).append("-opacity=\"");
            svg.append(String.format(Locale.ROOT, "%.2f", alpha)).append('"');
        }
    }

    private void appendText(String text) {
        text.codePoints().forEach(character -> {
            switch (character) {
                case '<' -> svg.append("&lt;");
                case '>' -> svg.append("&gt;");
                case '&' -> svg.append("&amp;");
                default -> svg.appendCodePoint(isXml(character) ? character : 0xfffd);
            }
        });
    }

    private static boolean isXml(int character) {
        return character >= 0x20 && (character < 0xd800 || character > 0xdfff) && (character & 0xfffe) != 0xfffe;
    }
}
