package dev.vireo.driver.qemu.cgroup.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the kernel, byte for byte, and what becomes of its refusals; a test answers in its place. */
class BpfTest {
    private final List<Integer> commands = new ArrayList<>();

    private Bpf answering(int answer) {
        return new Bpf(
                (command, attributes, pointedTo) -> {
                    commands.add(command);
                    return answer;
                },
                () -> false);
    }

    @Test
    void aMapIsAskedForInTheKernelsForm() throws IOException {
        List<ByteBuffer> asked = new ArrayList<>();
        Bpf bpf = new Bpf(
                (command, attributes, pointedTo) -> {
                    asked.add(attributes.bytes());
                    return -SystemCallException.EINVAL;
                },
                () -> false);
        MapSpec spec = new MapSpec(MapSpec.Type.HASH, 8, 16, 100, MapSpec.GROWING, "vireo_groups");
        assertThrows(SystemCallException.class, () -> bpf.createMap(spec));
        ByteBuffer attributes = asked.get(0);
        assertEquals(
                List.of(1, 8, 16, 100, 1),
                List.of(
                        attributes.getInt(0),
                        attributes.getInt(4),
                        attributes.getInt(8),
                        attributes.getInt(12),
                        attributes.getInt(16)));
        byte[] name = new byte[16];
        attributes.get(28, name);
        assertEquals("vireo_groups\0\0\0\0", new String(name, StandardCharsets.US_ASCII));
    }

    /** Before Linux 5.11 maps are charged to the memory that may be locked: root takes that bound off and tries again. */
    @ParameterizedTest
    @CsvSource({"true, 2", "false, 1"})
    void aMapThatIsRefusedForWantOfMemoryToLockIsTriedOnceMoreIfTheBoundCouldBeTakenOff(boolean isOff, int tries) {
        Bpf bpf = new Bpf(
                (command, attributes, pointedTo) -> {
                    commands.add(command);
                    return -SystemCallException.EPERM;
                },
                () -> isOff);
        MapSpec spec = new MapSpec(MapSpec.Type.ARRAY, 4, 8, 1, 0, "vireo_times");
        SystemCallException refused = assertThrows(SystemCallException.class, () -> bpf.createMap(spec));
        assertEquals("bpf(MAP_CREATE) failed with EPERM", refused.getMessage());
        assertEquals(Collections.nCopies(tries, 0), commands);
    }

    @Test
    void aMapIsMadeOnceTheBoundOfMemoryToLockIsOff() throws IOException {
        AtomicBoolean isOff = new AtomicBoolean();
        Bpf bpf = new Bpf(
                (command, attributes, pointedTo) -> isOff.get() ? 999_999 : -SystemCallException.EPERM,
                () -> !isOff.getAndSet(true));
        try (Descriptor map = bpf.createMap(new MapSpec(MapSpec.Type.ARRAY, 4, 8, 1, 0, "vireo_times"))) {
            assertEquals(999_999, map.number());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4.19.0, true",
        "5.9.16, true",
        "5.10.0-28-cloud-amd64, true",
        "5.11.0, false",
        "5.100.1, false",
        "6.1.0, false",
        "50.1, false",
        "'', false"
    })
    void kernelsBeforeLinux511ChargeMapsToTheMemoryThatMayBeLocked(String release, boolean charges) {
        assertEquals(charges, Bpf.chargesMaps(release));
    }

    @Test
    void aProgramIsLoadedAgainWhenASignalInterruptedTheVerifier() throws IOException {
        Bpf bpf = new Bpf(
                (command, attributes, pointedTo) -> {
                    commands.add(command);
                    return commands.size() < 3 ? -SystemCallException.EAGAIN : 999_999;
                },
                () -> false);
        bpf.loadProgram(new byte[16], "vireo_group").close();
        assertEquals(List.of(5, 5, 5), commands);
    }

    @Test
    void aProgramThatIsRefusedIsAskedAboutOnceMoreForTheReason() {
        Bpf bpf = new Bpf(
                (command, attributes, pointedTo) -> {
                    commands.add(command);
                    if (attributes.bytes().getInt(24) == 1) {
                        long log = attributes.bytes().getLong(32);
                        new com.sun.jna.Pointer(log).setString(0, "R1 is no pointer\nprocessed 3 insns\n");
                    }
                    return -SystemCallException.EACCES;
                },
                () -> false);
        SystemCallException refused =
                assertThrows(SystemCallException.class, () -> bpf.loadProgram(new byte[16], "vireo_group"));
        assertEquals("bpf(PROG_LOAD) (R1 is no pointer) failed with EACCES", refused.getMessage());
        assertEquals(List.of(5, 5), commands);
    }

    @Test
    void anElementThatIsNotThereIsRemovedWithoutAnError() throws IOException {
        try (Descriptor map = new Descriptor(999_999)) {
            answering(-SystemCallException.ENOENT).elements(map).remove(5);
            assertTrue(
                    answering(-SystemCallException.ENOENT).elements(map).find(5).isEmpty());
            assertEquals(
                    List.of(),
                    answering(-SystemCallException.ENOENT).elements(map).keys());
            assertThrows(
                    SystemCallException.class,
                    () -> answering(-SystemCallException.EPERM).elements(map).keys());
        }
    }

    @Test
    void aDescriptorThatHasBeenClosedHasNoNumber() {
        Descriptor closed = new Descriptor(999_999);
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, closed::number);
    }
}
