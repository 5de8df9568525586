package dev.vireo.exporter.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEncoderTest {
    private static String text(JsonEncoder json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    private static String string(String text) {
        return text(new JsonEncoder(0).string(text));
    }

    @Test
    void commasStandBetweenValuesAndNowhereElse() {
        JsonEncoder json = new JsonEncoder(0).beginObject().key("a").beginArray();
        json.number(1).nothing().string("x").beginObject().endObject().endArray();
        json.key("b").beginArray().endArray().key("c").decimal(2).endObject();
        assertEquals("{\"a\":[1,null,\"x\",{}],\"b\":[],\"c\":2}", text(json));
    }

    @Test
    void whatEndsAStringOrALineIsEscaped() {
        assertEquals("\"<img src=\\\"x\\\" onerror=alert(1)>\"", string("<img src=\"x\" onerror=alert(1)>"));
        assertEquals("\"a\\nb\\r\\u0000\\\\\\u2028\\u2029\"", string("a\nb\r\0\\\u2028\u2029"));
    }

    @Test
    void otherTextIsSpelledOutInAscii() {
        assertEquals("\"k\\u00E4se \\u6F22 \\uD83C\\uDF89 \\u202E\"", string("käse 漢 🎉 \u202e"));
    }

    @Test
    void halfAPairIsEscapedAndHarmsNothingBesideIt() {
        assertEquals("\"a\\uD83Db\\uDF89\"", string("a\ud83db\udf89"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.5, 0.5",
        "0.00004, 0",
        "0.00005, 0.0001",
        "0.99996, 1",
        "12.0304, 12.0304",
        "1234567.25, 1234567.25"
    })
    void numbersHaveTheDigitsThatTheyNeedAndFourAtMost(double number, String text) {
        assertEquals(text, text(new JsonEncoder(0).decimal(number)));
    }

    @Test
    void unsignedNumbersStayUnsigned() {
        assertEquals("18446744073709551615", text(new JsonEncoder(0).unsigned(-1)));
    }
}
