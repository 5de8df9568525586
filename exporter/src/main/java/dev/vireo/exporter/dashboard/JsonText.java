package dev.vireo.exporter.dashboard;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, text, numbers and truth values as JSON that people can read and compare. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText text = new JsonText();
        text.write(value, 0);
        return text.out.append('\n').toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            writeMap(map, depth);
        } else if (value instanceof List<?> list) {
            writeList(list, depth);
        } else if (value instanceof String text) {
            writeText(text);
        } else {
            out.append(value);
        }
    }

    private void writeMap(Map<?, ?> map, int depth) {
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(depth + 1);
            writeText(String.valueOf(entry.getKey()));
            out.append(": ");
            write(entry.getValue(), depth + 1);
            out.append(entries.hasNext() ? "," : "");
        }
        end(map.isEmpty(), depth, '}');
    }

    private void writeList(List<?> list, int depth) {
        out.append('[');
        for (Iterator<?> values = list.iterator(); values.hasNext(); ) {
            newLine(depth + 1);
            write(values.next(), depth + 1);
            out.append(values.hasNext() ? "," : "");
        }
        end(list.isEmpty(), depth, ']');
    }

    private void end(boolean empty, int depth, char bracket) {
        if (!empty) {
            newLine(depth);
        }
        out.append(bracket);
    }

    private void newLine(int depth) {
        out.append('\n').append("  ".repeat(depth));
    }

    private void writeText(String text) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
}
