package dev.vireo.cli.plot;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;

/**
 * Path data of SVG in whole tenths of a pixel, relative, without what does not show: a line of hundreds of points takes some five
 * bytes a point.
 */
final class SvgPath {
    static final int TENTHS = 10;

    private final StringBuilder data = new StringBuilder();
    private final double[] at = new double[6];
    private char command = ' ';
    private long x;
    private long y;
    private long startX;
    private long startY;
    /** A horizontal run that may still go on. */
    private long pending;

    private SvgPath() {}

    static String of(Shape shape, AffineTransform transform) {
        SvgPath path = new SvgPath();
        for (PathIterator i = shape.getPathIterator(transform); !i.isDone(); i.next()) {
            path.segment(i.currentSegment(path.at));
        }
        path.flush();
        return path.data.toString();
    }

    private void segment(int kind) {
        switch (kind) {
            case PathIterator.SEG_MOVETO -> move(tenths(0), tenths(1));
            case PathIterator.SEG_LINETO -> line(tenths(0), tenths(1));
            case PathIterator.SEG_QUADTO -> curve('q', 4);
            case PathIterator.SEG_CUBICTO -> curve('c', 6);
            default -> close();
        }
    }

    private long tenths(int index) {
        return Math.round(at[index] * TENTHS);
    }

    private void move(long toX, long toY) {
        flush();
        data.append('M').append(toX);
        number(toY);
        command = 'M';
        x = startX = toX;
        y = startY = toY;
    }

    private void line(long toX, long toY) {
        long dx = toX - x;
        long dy = toY - y;
        boolean isPoint = dx == 0 && dy == 0;
        if (isPoint && command != 'M') {
            return;
        }
        if (dy == 0 && !isPoint && (pending == 0 || Long.signum(pending) == Long.signum(dx))) {
            pending += dx;
        } else {
            flush();
            begin('l', dx);
            number(dy);
        }
        x = toX;
        y = toY;
    }

    private void curve(char kind, int numbers) {
        flush();
        long fromX = x;
        long fromY = y;
        for (int i = 0; i < numbers; i += 2) {
            x = tenths(i);
            y = tenths(i + 1);
            if (i == 0) {
                begin(kind, x - fromX);
            } else {
                number(x - fromX);
            }
            number(y - fromY);
        }
    }

    private void close() {
        flush();
        data.append('z');
        command = 'z';
        x = startX;
        y = startY;
    }

    private void flush() {
        if (pending != 0) {
            begin('h', pending);
            pending = 0;
        }
    }

    /** Begins a command with its first number; one that is the same again is not named again. */
    private void begin(char next, long first) {
        if (next == command) {
            number(first);
        } else {
            data.append(next).append(first);
        }
        command = next;
    }

    private void number(long value) {
        data.append(value < 0 ? "" : " ").append(value);
    }
}
