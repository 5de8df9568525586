package dev.vireo.driver.libvirt.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerTest {
    private final ByteBuffer address = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());

    @Test
    void aUnixSocketHasAPath() {
        address.putShort(0, (short) 1).put(2, "/run/x-sock".getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.of(new Peer(Peer.Kind.UNIX, "/run/x-sock", 0)), Peer.parse(address, 2 + 11 + 1));
    }

    @Test
    void aSocketPairHasNone() {
        address.putShort(0, (short) 1);
        assertEquals(Optional.of(new Peer(Peer.Kind.UNIX, "", 0)), Peer.parse(address, 2));
    }

    @Test
    void anInternetAddressHasAPort() {
        address.putShort(0, (short) 10).put(2, (byte) 0x40).put(3, (byte) 0x7d);
        assertEquals(Optional.of(new Peer(Peer.Kind.INTERNET, "", 16509)), Peer.parse(address, 28));
    }

    @Test
    void otherFamiliesAreNobody() {
        address.putShort(0, (short) 16);
        assertEquals(Optional.empty(), Peer.parse(address, 12));
    }
}
