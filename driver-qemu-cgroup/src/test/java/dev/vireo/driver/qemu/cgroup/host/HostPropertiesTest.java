package dev.vireo.driver.qemu.cgroup.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.HypervisorVersion;
import dev.vireo.TypedParameters;
import dev.vireo.driver.qemu.cgroup.Mutations;
import dev.vireo.driver.qemu.cgroup.Mutations.Mutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** {@code /proc/stat} and the text of programs. */
class HostPropertiesTest {
    private static final long TICK = 10_000_000;

    private static Path procfs;

    @BeforeContainer
    static void makeProc() throws IOException {
        procfs = Files.createTempDirectory("proc");
    }

    @AfterContainer
    static void removeProc() throws IOException {
        Files.deleteIfExists(procfs.resolve("stat"));
        Files.deleteIfExists(procfs.resolve("qemu"));
        Files.delete(procfs);
    }

    @Provide
    Arbitrary<Mutation> few() {
        return Mutations.few();
    }

    /** Ten columns for each CPU, of which no three together overflow. */
    @Provide
    Arbitrary<SortedMap<Integer, List<Long>>> cpus() {
        return Arbitraries.maps(
                        Arbitraries.integers().between(0, 1024),
                        Arbitraries.longs().between(0, 600_000_000_000L).list().ofSize(10))
                .ofMaxSize(20)
                .map(TreeMap::new);
    }

    private static String text(SortedMap<Integer, List<Long>> cpus) {
        StringBuilder text = new StringBuilder("cpu  1 2 3 4 5 6 7 8 9 10\n");
        cpus.forEach((id, columns) -> {
            text.append("cpu").append(id);
            columns.forEach(column -> text.append(' ').append(column));
            text.append('\n');
        });
        return text + "intr 1 2 3\nctxt 4\nbtime 5\n";
    }

    @Property
    void timesOfEachCpuComeOutAsTheyWerePutInAndOthersAreNotThere(@ForAll("cpus") SortedMap<Integer, List<Long>> cpus)
            throws IOException {
        Files.writeString(procfs.resolve("stat"), text(cpus));
        NodeTimes times = new NodeTimes(procfs);
        TypedParameters params = TypedParameters.allocate(4);
        for (int id : List.of(0, 1, 10, 100, 1000, cpus.isEmpty() ? 5 : cpus.firstKey())) {
            List<Long> columns = cpus.get(id);
            assertEquals(columns == null ? 0 : 4, times.fill(id, params, 4));
            if (columns != null) {
                assertEquals((columns.get(2) + columns.get(5) + columns.get(6)) * TICK, params.unsignedLong(0));
                assertEquals((columns.get(0) + columns.get(1)) * TICK, params.unsignedLong(1));
                assertEquals(columns.get(3) * TICK, params.unsignedLong(2));
                assertEquals(columns.get(4) * TICK, params.unsignedLong(3));
            }
        }
    }

    @Property
    void aSpoiltFileHasTheCpuOrNotOrIsAnErrorThatNamesIt(
            @ForAll("cpus") SortedMap<Integer, List<Long>> cpus, @ForAll("few") Mutation mutation) throws IOException {
        Path file = procfs.resolve("stat");
        Files.write(file, mutation.apply(text(cpus).getBytes(ISO_8859_1)));
        try {
            int filled = new NodeTimes(procfs).fill(-1, TypedParameters.allocate(4), 4);
            assertTrue(filled == 0 || filled == 4);
        } catch (IOException refused) {
            assertTrue(refused.getMessage().startsWith(file + ": "), refused.getMessage());
        }
    }

    @Property(tries = 50)
    void aVersionComesOutAsItWasPutInAmongAnyBytes(
            @ForAll @IntRange(max = 999) int major,
            @ForAll @IntRange(max = 999) int minor,
            @ForAll @IntRange(max = 999) int release,
            @ForAll byte[] before,
            @ForAll byte[] after)
            throws IOException {
        Path program = procfs.resolve("qemu");
        String version = "QEMU emulator version " + major + "." + minor + "." + release + "\n";
        Files.writeString(
                program, new String(before, ISO_8859_1) + version + new String(after, ISO_8859_1), ISO_8859_1);
        assertEquals(Optional.of(new HypervisorVersion(major, minor, release)), QemuVersion.read(program));
    }

    @Property(tries = 50)
    void aSpoiltProgramHasAVersionThatStandsThereOrNone(@ForAll("few") Mutation mutation) throws IOException {
        Path program = procfs.resolve("qemu");
        byte[] bytes = mutation.apply("\0QEMU emulator version 8.2.12 (x)\n".getBytes(ISO_8859_1));
        Files.write(program, bytes);
        QemuVersion.read(program)
                .ifPresent(version -> assertTrue(
                        new String(bytes, ISO_8859_1)
                                .matches("(?s).*version 0*" + version.major() + "\\.0*" + version.minor() + "\\.0*"
                                        + version.release() + "\\D.*"),
                        version::toString));
    }
}
