package dev.vireo.exporter.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Encodes one JSON document in memory, in chains of calls. Not thread-safe. */
final class JsonEncoder {
    private static final int DECIMALS = 4;
    private static final long SCALE = 10_000;

    /** In ASCII half a surrogate pair, which a name may have and UTF-8 has no bytes for, is text like any other. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final ByteArrayOutputStream bytes;
    private final JsonGenerator generator;

    private interface Token {
        void write(JsonGenerator generator) throws IOException;
    }

    JsonEncoder(int expectedBytes) {
        bytes = new ByteArrayOutputStream(expectedBytes);
        try {
            generator = FACTORY.createGenerator(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonEncoder beginObject() {
        return put(JsonGenerator::writeStartObject);
    }

    JsonEncoder endObject() {
        return put(JsonGenerator::writeEndObject);
    }

    JsonEncoder beginArray() {
        return put(JsonGenerator::writeStartArray);
    }

    JsonEncoder endArray() {
        return put(JsonGenerator::writeEndArray);
    }

    JsonEncoder key(String name) {
        return put(json -> json.writeFieldName(name));
    }

    JsonEncoder nothing() {
        return put(JsonGenerator::writeNull);
    }

    /** Writes a text, or null where there is none. */
    JsonEncoder string(@Nullable String text) {
        return put(json -> json.writeString(text));
    }

    JsonEncoder number(long number) {
        return put(json -> json.writeNumber(number));
    }

    JsonEncoder unsigned(long number) {
        return put(json -> json.writeNumber(Long.toUnsignedString(number)));
    }

    /** Writes a number with at most four digits behind the point, and no point where none is needed: most rates are 0. */
    JsonEncoder decimal(double number) {
        long scaled = Math.round(number * SCALE);
        if (scaled % SCALE == 0) {
            return number(scaled / SCALE);
        }
        return put(json -> json.writeNumber(BigDecimal.valueOf(scaled, DECIMALS).stripTrailingZeros()));
    }

    /** Ends the document and returns it. */
    byte[] toBytes() {
        put(JsonGenerator::close);
        return bytes.toByteArray();
    }

    private JsonEncoder put(Token token) {
        try {
            token.write(generator);
        } catch (IOException e) {
            // What would fail is the writing, and this is memory; a document that is no JSON fails here, too.
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
