package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.libvirt.binding.Peer;
import org.junit.jupiter.api.Test;

class DaemonPeerTest {
    private static final Peer SYSTEM = new Peer(Peer.Kind.UNIX, "/run/libvirt/libvirt-sock-ro", 0);
    private static final Peer PRIVATE = new Peer(Peer.Kind.UNIX, "/tmp/d/sock", 0);
    private static final Peer PAIR = new Peer(Peer.Kind.UNIX, "", 0);
    private static final Peer WEB = new Peer(Peer.Kind.INTERNET, "", 443);
    private static final Peer TLS = new Peer(Peer.Kind.INTERNET, "", 16514);

    @Test
    void aDaemonOfThisHostIsKnownByItsSocketsName() {
        DaemonPeer peer = DaemonPeer.of("qemu:///system");
        assertTrue(peer.test(SYSTEM));
        assertFalse(peer.test(PRIVATE));
        assertFalse(peer.test(PAIR));
        assertFalse(peer.test(WEB));
    }

    @Test
    void aSocketThatTheUriNamesIsTheOnlyOne() {
        DaemonPeer peer = DaemonPeer.of("qemu:///system?socket=/tmp/d/sock");
        assertTrue(peer.test(PRIVATE));
        assertFalse(peer.test(SYSTEM));
    }

    @Test
    void aDaemonElsewhereIsKnownByItsPort() {
        assertTrue(DaemonPeer.of("qemu+tls://host/system").test(TLS));
        assertTrue(DaemonPeer.of("qemu+tls://[::1]:443/system").test(WEB));
        assertFalse(DaemonPeer.of("qemu+tls://host:443/system").test(TLS));
    }

    @Test
    void aTunnelIsASocketPair() {
        DaemonPeer peer = DaemonPeer.of("qemu+ssh://host/system");
        assertTrue(peer.test(PAIR));
        assertFalse(peer.test(SYSTEM));
        assertFalse(peer.test(TLS));
    }

    @Test
    void anAliasMayBeAnyDaemon() {
        assertTrue(DaemonPeer.of("").test(SYSTEM));
        assertTrue(DaemonPeer.of("my alias").test(TLS));
        assertFalse(DaemonPeer.of("my alias").test(WEB));
    }
}
