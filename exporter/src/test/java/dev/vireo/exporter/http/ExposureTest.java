package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {
    private static void check(String address, Exposure exposure) throws ServingException, UnknownHostException {
        ListenAddress listen = ListenAddress.parse(address);
        exposure.check(listen, InetAddress.getByName(listen.host()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9178", "127.8.8.8:1", "[::1]:9178"})
    void thisHostAloneNeedsNothing(String address) {
        assertDoesNotThrow(() -> check(address, new Exposure(false, false, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:9178", "[::]:9178", "192.0.2.1:9178", "[2001:db8::1]:9178", "[fe80::1]:9178"})
    void otherHostsAreNotServedWithoutTlsAndAuthentication(String address) {
        ServingException failure =
                assertThrows(ServingException.class, () -> check(address, new Exposure(false, false, false)));
        for (String part :
                new String[] {address, "--tls-cert", "--auth-file", "--tls-client-ca", "127.0.0.1", "--insecure"}) {
            assertTrue(failure.getMessage().contains(part), part + " in: " + failure.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, false, false",
        "true, false, false, false",
        "false, true, false, false",
        "true, true, false, true",
        "true, false, true, true",
        "true, true, true, true"
    })
    void whoAsksMustBeKnownAndPasswordsEncrypted(boolean tls, boolean passwords, boolean certificates, boolean served) {
        Exposure exposure = new Exposure(tls, passwords, certificates);
        if (served) {
            assertDoesNotThrow(() -> check("0.0.0.0:9178", exposure));
        } else {
            assertThrows(ServingException.class, () -> check("0.0.0.0:9178", exposure));
        }
    }

    @Test
    void theServerItselfRefusesAndListensAllTheSameWhenTold() throws Exception {
        ListenAddress everywhere = ListenAddress.parse("0.0.0.0:0");
        assertThrows(
                ServingException.class, () -> Servers.here().listen(everywhere).start());
        try (WebServer server = Servers.here().listen(everywhere).insecure().start()) {
            Reply reply = RawClient.ask(server, "GET /metrics HTTP/1.1\r\nHost: any.example:9178\r\n");
            assertEquals(200, reply.status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9178, 127.0.0.1, 9178",
        "[::1]:0, ::1, 0",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80",
        "vm-host.example:65535, vm-host.example, 65535"
    })
    void anAddressIsReadAndWrittenAlike(String text, String host, int port) {
        ListenAddress address = ListenAddress.parse(text);
        assertEquals(new ListenAddress(host, port), address);
        assertEquals(text, address.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9178",
                ":9178",
                "127.0.0.1",
                "::1:9178",
                "[::1]",
                "host:65536",
                "host:-1",
                "a b:1",
                "host:1x"
            })
    void whatIsNoAddressIsToldWithWhatIsOne(String text) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
        assertTrue(
                failure.getMessage().contains("65535") || failure.getMessage().contains("[::1]:9178"));
    }

    @Test
    void theStandardPortsAreThose() {
        assertEquals("127.0.0.1:9178", ListenAddress.STANDARD.toString());
        assertEquals("127.0.0.1:9177", ListenAddress.OF_LIBVIRT_EXPORTER.toString());
    }

    @Test
    void aNameThatNobodyKnowsIsTold() {
        ServingException failure = assertThrows(
                ServingException.class,
                () -> ListenAddress.parse("nobody.invalid:9178").resolve());
        assertTrue(failure.getMessage().contains("nobody.invalid"), failure.getMessage());
    }

    private static InetAddress address(String numbers) throws UnknownHostException {
        return InetAddress.getByAddress(
                "vm-host.example", InetAddress.getByName(numbers).getAddress());
    }

    @Test
    void aNameOfSeveralAddressesIsRefusedWithThemAll() throws UnknownHostException {
        InetAddress[] both = {address("192.0.2.1"), address("2001:db8::1")};
        ListenAddress listen = ListenAddress.parse("vm-host.example:9178");
        ServingException failure = assertThrows(ServingException.class, () -> listen.one(both));
        for (String part :
                new String[] {"vm-host.example", "192.0.2.1:9178", "[2001:db8:0:0:0:0:0:1]:9178", "[::]:9178"}) {
            assertTrue(failure.getMessage().contains(part), part + " in: " + failure.getMessage());
        }
        InetAddress[] halfLoopback = {address("127.0.0.1"), address("192.0.2.1")};
        assertThrows(ServingException.class, () -> listen.one(halfLoopback));
    }

    @Test
    void ofANameThatIsThisHostAloneTheFirstAddressIsTaken() throws Exception {
        ListenAddress localhost = ListenAddress.parse("localhost:9178");
        assertEquals(address("127.0.0.1"), localhost.one(address("127.0.0.1"), address("::1")));
        assertEquals(address("192.0.2.1"), localhost.one(address("192.0.2.1")));
        assertTrue(localhost.resolve().getAddress().isLoopbackAddress());
    }
}
