package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9178, 127.0.0.1:9178",
        "localhost:0, 127.0.0.1:0",
        "[::1]:65535, [0:0:0:0:0:0:0:1]:65535",
        "0.0.0.0:80, 0.0.0.0:80"
    })
    void anAddressAndAPortAreRead(String text, String expected) {
        InetSocketAddress address = ListenAddress.parse(text);
        assertEquals(expected, ListenAddress.text(address, address.getPort()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9178", ":9178", "::1:9178", "127.0.0.1"})
    void whatIsNotBothSaysWhatBothLookLike(String text) {
        assertMessageHas("'" + text + "' is no ADDRESS:PORT, such as 127.0.0.1:9178", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "65536", "99999999999"})
    void aPortIsANumberFrom0To65535(String port) {
        assertMessageHas("'" + port + "' is no port", "127.0.0.1:" + port);
    }

    @Test
    void aNameThatNobodyKnowsIsSaid() {
        assertMessageHas("'nowhere.invalid' is no address", "nowhere.invalid:9178");
    }

    private static void assertMessageHas(String expected, String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
