package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibvirtUriTest {
    private static LibvirtUri parse(String text) {
        return LibvirtUri.of(ConnectionUri.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "libvirt:test:///default|test:///default",
                "libvirt:an alias|an alias",
                "libvirt:xen://|xen://",
                "libvirt:qemu+ssh://u@h/system?keyfile=%2Fa%20b&x;y#f|qemu+ssh://u@h/system?keyfile=%2Fa%20b&x;y#f",
                "libvirt:|''",
                "qemu:///system|qemu:///system",
                "QEMU:///system?a=%2f|QEMU:///system?a=%2f",
                "esx://h/?no_verify=1;transport=http|esx://h/?no_verify=1;transport=http"
            })
    void whatIsForLibvirtReachesItUntouched(String uri, String text) {
        assertEquals(text, parse(uri).text());
    }

    @ParameterizedTest
    @CsvSource({
        "qemu:///system?timeout=2s, qemu:///system",
        "qemu:///system?timeout=2s&socket=/a%20b, qemu:///system?socket=/a%20b",
        "qemu:///system?socket=/a;timeout=2s;mode=auto, qemu:///system?socket=/a&mode=auto",
        "qemu:///system?keepalive-count=3&keepalive-interval=1s, qemu:///system"
    })
    void ourOptionsDoNotReachLibvirt(String uri, String text) {
        assertEquals(text, parse(uri).text());
    }

    @Test
    void optionsHaveUnits() {
        assertEquals(
                Optional.of(Duration.ofMillis(1_500)),
                parse("qemu:///system?timeout=1500ms").timeout());
        assertEquals(
                Optional.of(Duration.ofMinutes(2)),
                parse("qemu:///system?timeout=2m").timeout());
        assertEquals(7, parse("qemu:///system?keepalive-interval=7s").keepAliveSeconds());
        assertEquals(0, parse("qemu:///system?keepalive-interval=0s").keepAliveSeconds());
        assertEquals(3, parse("qemu:///system?keepalive-count=3").keepAliveCount());
    }

    @Test
    void withoutOptionsNothingIsLimitedAndTheDaemonIsAskedFiveTimesEveryFiveSeconds() {
        assertEquals(new LibvirtUri("qemu:///system", Optional.empty(), 5, 5), parse("qemu:///system"));
    }

    @Test
    void aHostMayBeFarAndSoMayAnAlias() {
        assertTrue(parse("qemu+tls://host/system").mayBeFar());
        assertTrue(parse("libvirt:my-alias").mayBeFar());
        assertFalse(parse("qemu:///system?timeout=2s").mayBeFar());
        assertFalse(parse("libvirt:test:///default").mayBeFar());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout=",
                "timeout",
                "timeout=2",
                "timeout=0s",
                "timeout=-1s",
                "timeout=2h",
                "timeout=99999999999s",
                "timeout=999999999m",
                "keepalive-interval=500ms",
                "keepalive-count=0",
                "timeout=1s&timeout=2s"
            })
    void aMalformedOptionSaysWhatItTakes(String option) {
        HypervisorException error =
                assertThrows(HypervisorException.class, () -> parse("qemu:///system?socket=/secret&" + option));
        assertEquals(ErrorCode.INVALID_ARG, error.code());
        assertTrue(error.getMessage().contains(option.replaceAll("=.*", "")), error::getMessage);
    }

    @Test
    void anOptionThatLibvirtWouldPassOverIsRefused() {
        HypervisorException error =
                assertThrows(HypervisorException.class, () -> parse("libvirt:qemu:///system?timeout=2s"));
        assertEquals(ErrorCode.INVALID_ARG, error.code());
        assertTrue(error.getMessage().contains("leave 'libvirt:' out"), error::getMessage);
    }

    @Test
    void libvirtsFamiliesComeHereWithEachTransportAndTheInMemoryDriverDoesNot() {
        assertEquals(1 + 16 * 8, LibvirtSchemes.all().size());
        assertTrue(LibvirtSchemes.all().contains("vmwarefusion+libssh2"));
        assertTrue(LibvirtSchemes.all().stream().noneMatch(scheme -> scheme.startsWith("test")));
        assertTrue(LibvirtSchemes.all().stream().noneMatch(scheme -> scheme.contains("cgroup")));
    }
}
