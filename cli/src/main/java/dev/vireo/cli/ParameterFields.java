package dev.vireo.cli;

import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;

/** Writes typed parameters as JSON fields: the times that are expected by their documented names, all others as they are. */
final class ParameterFields {
    private static final String UNIT = "_ns";

    private final JsonField[] expected;

    ParameterFields(JsonField... expected) {
        this.expected = expected;
    }

    /** Writes the fields into the object that was begun; a time that is not there says why. */
    void write(JsonWriter json, TypedParameters params, int from, int count) {
        for (JsonField field : expected) {
            int index = find(nameOf(field), params, from, count);
            json.field(field);
            if (index >= 0) {
                json.unsigned(params.unsignedLong(index));
            } else {
                json.unavailable(reason(nameOf(field), params));
            }
        }
        writeOthers(json, params, from, count);
    }

    private void writeOthers(JsonWriter json, TypedParameters params, int from, int count) {
        boolean begun = false;
        for (int i = from; i < from + count; i++) {
            if (params.isSet(i) && !isExpected(params, i)) {
                if (!begun) {
                    json.field(JsonField.OTHER).beginObject();
                    begun = true;
                }
                json.key(params.name(i));
                value(json, params, i);
            }
        }
        if (begun) {
            json.endObject();
        }
    }

    static void value(JsonWriter json, TypedParameters params, int index) {
        String value = params.valueAsString(index);
        ParameterType type = params.type(index);
        // JSON has no words for NaN and the infinities, nor for bits of an unknown type
        boolean isLiteral = type != ParameterType.UNKNOWN
                && type != ParameterType.STRING
                && !value.endsWith("NaN")
                && !value.endsWith("Infinity");
        if (isLiteral) {
            json.literal(value);
        } else {
            json.string(value);
        }
    }

    private boolean isExpected(TypedParameters params, int index) {
        for (JsonField field : expected) {
            if (matches(nameOf(field), params, index)) {
                return true;
            }
        }
        return false;
    }

    private static int find(String name, TypedParameters params, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (matches(name, params, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(String name, TypedParameters params, int index) {
        return params.isSet(index)
                && params.type(index) == ParameterType.ULLONG
                && params.name(index).equals(name);
    }

    private static String nameOf(JsonField field) {
        return field.text().substring(0, field.text().length() - UNIT.length());
    }

    private static String reason(String name, TypedParameters params) {
        String reason =
                params.origin().isPresent() ? params.origin().get().missing().get(name) : null;
        return reason == null ? "the driver does not give it" : reason;
    }
}
