package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of requests comes into the log: nothing that a client says, since it could say anything, and as often as it likes. */
class ServerLogTest {
    private static WebServer server;

    @BeforeAll
    static void start() throws ServingException {
        server = Servers.here()
                .json("/api/v1/broken", () -> {
                    throw new IllegalStateException("a defect of the inside");
                })
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /metrics?name[]=%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET /metrics?name[]=%z&more HTTP/1.1\r\nHost: localhost\r\n",
                "GET /?% HTTP/1.1\r\nHost: localhost\r\n",
                "GET /metrics HTTP/1.1\r\nHost: localhost\r\nHost: other.example\r\n",
                "GET /metrics HTTP/1.1\r\nHost: localhost:99999999\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
                "NONSENSE\r\n"
            })
    void whatCannotBeReadIsRefusedAndNotLogged(String head) throws Exception {
        try (Logged log = Logged.fromNowOn()) {
            assertEquals(400, RawClient.ask(server, head).status());
            assertEquals(List.of(), log.messages());
        }
    }

    @Test
    void aFailureIsLoggedOnceWithoutTheRequest() throws Exception {
        try (Logged log = Logged.fromNowOn()) {
            String request = "GET /api/v1/broken?said=\u00e2\u0080\u00ae HTTP/1.1\r\nHost: localhost\r\n";
            assertEquals(500, RawClient.ask(server, request).status());
            assertEquals(1, log.records().size(), log.messages()::toString);
            LogRecord record = log.records().get(0);
            assertEquals(Level.WARNING, record.getLevel());
            assertInstanceOf(IllegalStateException.class, record.getThrown());
            assertFalse(record.getMessage().contains("said"), record.getMessage());
        }
    }
}
