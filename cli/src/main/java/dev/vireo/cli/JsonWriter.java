package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Reading;

/**
 * Writes one JSON document into a buffer. Whether a comma is due is read off the last character, so that whoever cuts
 * the buffer back to an earlier length may write on from there.
 */
final class JsonWriter {
    private final StringBuilder out;

    JsonWriter(StringBuilder out) {
        this.out = out;
    }

    int length() {
        return out.length();
    }

    void cutBackTo(int length) {
        out.setLength(length);
    }

    JsonWriter beginObject() {
        separate();
        out.append('{');
        return this;
    }

    JsonWriter endObject() {
        out.append('}');
        return this;
    }

    JsonWriter beginArray() {
        separate();
        out.append('[');
        return this;
    }

    JsonWriter endArray() {
        out.append(']');
        return this;
    }

    JsonWriter field(JsonField field) {
        return key(field.text());
    }

    /** Writes a field's name that comes from a driver; all others are a {@link JsonField}. */
    JsonWriter key(String name) {
        string(name);
        out.append(':');
        return this;
    }

    JsonWriter number(long number) {
        return literal(Long.toString(number));
    }

    JsonWriter unsigned(long number) {
        return literal(Long.toUnsignedString(number));
    }

    JsonWriter nothing() {
        return literal("null");
    }

    JsonWriter truth(boolean value) {
        return literal(Boolean.toString(value));
    }

    JsonWriter literal(String text) {
        separate();
        out.append(text);
        return this;
    }

    JsonWriter string(String text) {
        separate();
        out.append('"');
        int room = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            room = SafeText.marksAfter(character, room);
            if (room < 0) {
                escape(character);
                room = 0;
            } else {
                write(character);
            }
            i += Character.charCount(character);
        }
        out.append('"');
        return this;
    }

    JsonWriter unavailable(String reason) {
        return beginObject().field(JsonField.UNAVAILABLE).string(reason).endObject();
    }

    JsonWriter reading(Reading reading) {
        return reading.isAvailable()
                ? unsigned(reading.value())
                : unavailable(reading.reason().orElse(""));
    }

    /** Begins a document with what it was read through. */
    JsonWriter beginDocument(Connection connection) {
        beginObject().field(JsonField.URI).string(connection.uri().toString());
        return field(JsonField.DRIVER).string(connection.driverName());
    }

    JsonWriter endDocument() {
        endObject();
        out.append('\n');
        return this;
    }

    /** Writes the fields that identify a domain, into the object that was begun. */
    JsonWriter identity(Domain domain) {
        field(JsonField.ID).number(domain.id());
        field(JsonField.NAME).string(domain.name());
        return field(JsonField.UUID).string(domain.uuid().toString());
    }

    private void separate() {
        char last = out.length() == 0 ? '{' : out.charAt(out.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            out.append(',');
        }
    }

    private void write(int character) {
        if (character == '"' || character == '\\') {
            out.append('\\');
        }
        out.appendCodePoint(character);
    }

    private void escape(int character) {
        for (char half : Character.toChars(character)) {
            SafeText.appendHex(out.append("\\u"), half, 4);
        }
    }
}
