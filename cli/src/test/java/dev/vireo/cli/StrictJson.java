package dev.vireo.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON document by the letter of RFC 8259, with no field twice in an object. */
final class StrictJson {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int position;

    private StrictJson(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        StrictJson reader = new StrictJson(text);
        Object value = reader.value();
        if (!text.substring(reader.position).isBlank()) {
            throw reader.error("more text");
        }
        return value;
    }

    private Object value() {
        char first = text.charAt(position);
        if (first == '{') {
            return object();
        }
        if (first == '[') {
            return array();
        }
        return first == '"' ? string() : literal();
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        position++;
        while (!skip('}')) {
            if (!object.isEmpty()) {
                expect(',');
            }
            String key = string();
            expect(':');
            Object value = value();
            if (object.put(key, value == null ? "null" : value) != null) {
                throw error("field twice: " + key);
            }
        }
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        position++;
        while (!skip(']')) {
            if (!array.isEmpty()) {
                expect(',');
            }
            array.add(value());
        }
        return array;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (!skip('"')) {
            char character = text.charAt(position++);
            if (character < 0x20) {
                throw error("bare control character");
            }
            string.append(character == '\\' ? escape() : character);
        }
        return string.toString();
    }

    private char escape() {
        char kind = text.charAt(position++);
        if (kind == '"' || kind == '\\') {
            return kind;
        }
        if (kind != 'u') {
            throw error("escape");
        }
        position += 4;
        return (char) Integer.parseInt(text.substring(position - 4, position), 16);
    }

    /** Numbers come as {@link BigDecimal}, null and truth values as the word. */
    private Object literal() {
        for (String word : new String[] {"null", "true", "false"}) {
            if (text.startsWith(word, position)) {
                position += word.length();
                return word;
            }
        }
        Matcher number = NUMBER.matcher(text).region(position, text.length());
        if (!number.lookingAt()) {
            throw error("no value");
        }
        position = number.end();
        return new BigDecimal(number.group());
    }

    private boolean skip(char expected) {
        boolean found = position < text.length() && text.charAt(position) == expected;
        position += found ? 1 : 0;
        return found;
    }

    private void expect(char expected) {
        if (!skip(expected)) {
            throw error("expected " + expected);
        }
    }

    private AssertionError error(String problem) {
        return new AssertionError(problem + " at " + position + " of " + text);
    }
}
