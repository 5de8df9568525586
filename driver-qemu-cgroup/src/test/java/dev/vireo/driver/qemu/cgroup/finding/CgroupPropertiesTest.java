package dev.vireo.driver.qemu.cgroup.finding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.Mutations;
import dev.vireo.driver.qemu.cgroup.Mutations.Mutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** {@code /proc/PID/cgroup}, {@code mountinfo} and the layouts of control groups. */
class CgroupPropertiesTest {
    private static final Path SYS = Path.of("/host/sys");

    private static Path file;

    @BeforeContainer
    static void makeFile() throws IOException {
        file = Files.createTempFile("mountinfo", "");
    }

    @AfterContainer
    static void removeFile() throws IOException {
        Files.delete(file);
    }

    @Provide
    Arbitrary<Mutation> few() {
        return Mutations.few();
    }

    /** What a group may be called: anything but a line feed and a NUL. */
    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("ab/:,\\\r\t -.x2déü漢\u0085\u2028")
                .ofMinLength(0)
                .ofMaxLength(30);
        return names.map(name -> "/" + name);
    }

    @Property
    void theGroupsOfAProcessComeOutAsTheyWerePutIn(@ForAll("paths") String v1, @ForAll("paths") String v2) {
        String text = "12:devices:/other\n5:cpu,cpuacct:" + v1 + "\n1:name=systemd:/other\n0::" + v2 + "\n";
        assertEquals(
                new ProcessCgroups(Optional.of(v1), Optional.of(v2), Optional.of(v1)),
                ProcessCgroups.parse(text.getBytes(UTF_8)));
    }

    @Property
    void aSpoiltListOfGroupsHasPathsThatStandThereOrNone(
            @ForAll("paths") String v1, @ForAll("paths") String v2, @ForAll("few") Mutation mutation) {
        byte[] bytes = mutation.apply(("5:cpu,cpuacct:" + v1 + "\n0::" + v2 + "\n").getBytes(UTF_8));
        ProcessCgroups groups = ProcessCgroups.parse(bytes);
        List<String> lines = List.of(new String(bytes, UTF_8).split("\n", -1));
        groups.v1().ifPresent(path -> assertTrue(lines.stream().anyMatch(line -> line.endsWith(":" + path)), path));
        groups.v2().ifPresent(path -> assertTrue(lines.contains("0::" + path), path));
    }

    private static String escape(String path) {
        return path.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }

    @Provide
    Arbitrary<String> mountPoints() {
        return Arbitraries.strings()
                .withChars("ab/\\ \t\n\r-014é")
                .ofMinLength(1)
                .ofMaxLength(30)
                .map(name -> "/x" + name);
    }

    @Property
    void aMountComesOutAsItWasPutIn(
            @ForAll("mountPoints") String point, @ForAll("mountPoints") String root, @ForAll boolean shared)
            throws IOException {
        String optional = shared ? " shared:4 master:1" : "";
        Files.writeString(
                file,
                "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n33 32 0:28 " + escape(root) + " " + escape(point) + " rw,nosuid"
                        + optional
                        + " - cgroup cgroup rw,cpu,cpuacct\n42 1 0:9 / /sys/fs/cgroup rw - cgroup2 none rw\n");
        assertEquals(
                new CgroupMounts(
                        Optional.of(new CgroupMounts.Mount(Path.of(point), root)),
                        Optional.of(new CgroupMounts.Mount(SYS.resolve("fs/cgroup"), "/")),
                        Optional.of(new CgroupMounts.Mount(Path.of(point), root))),
                CgroupMounts.read(file, SYS));
    }

    @Property
    void aSpoiltListOfMountsIsReadOrPassedOver(@ForAll("mountPoints") String point, @ForAll("few") Mutation mutation)
            throws IOException {
        Files.write(
                file,
                mutation.apply(("33 32 0:28 / " + escape(point) + " rw - cgroup cgroup rw,cpuacct\n").getBytes(UTF_8)));
        CgroupMounts mounts = CgroupMounts.read(file, SYS);
        assertTrue(mounts.v1().isEmpty() || mounts.v2().isEmpty());
    }

    @Example
    void aMountPointThatHasNoPlaceInJavaIsPassedOver() throws IOException {
        Files.writeString(
                file, "33 32 0:28 / /a\0b rw - cgroup cgroup rw,cpuacct\n42 1 0:9 / /c rw - cgroup2 none rw\n");
        CgroupMounts mounts = CgroupMounts.read(file, SYS);
        assertEquals(Optional.empty(), mounts.v1());
        assertTrue(mounts.v2().isPresent());
    }

    @Provide
    Arbitrary<String> roots() {
        return Arbitraries.oneOf(Arbitraries.of("/", "/a", "//"), paths());
    }

    @Property
    void aGroupLiesBelowItsMountOrIsNotShown(@ForAll("paths") String path, @ForAll("roots") String root) {
        CgroupMounts.Mount mount = new CgroupMounts.Mount(Path.of("/c"), root);
        mount.group(path)
                .ifPresent(group -> assertTrue(group.startsWith("/c"), () -> path + " in " + root + " is " + group));
    }

    @Property
    // eight digits and a name that begins with a number are what the embedded driver writes, too
    void libvirtsGroupOfAnyGuestTellsItsId(
            @ForAll @IntRange(min = 1, max = 9_999_999) int id, @ForAll("guestNames") String name) {
        String scope = "/machine.slice/machine-qemu\\x2d" + id + "\\x2d" + name + ".scope";
        for (String below : List.of("/libvirt/emulator", "/libvirt/vcpu12", "/libvirt")) {
            assertMatch(scope + "/libvirt", id, scope + below);
        }
        assertMatch(scope, id, scope + "/vcpu3");
        assertMatch(
                "/machine/qemu-" + id + "-" + name + ".libvirt-qemu",
                id,
                "/machine/qemu-" + id + "-" + name + ".libvirt-qemu/emulator");
    }

    private static void assertMatch(String group, int id, String path) {
        ManagerLayout.Match match = ManagerLayout.of(path).orElseThrow(() -> new AssertionError(path));
        assertEquals(group, match.group());
        assertEquals(OptionalInt.of(id), match.id(), path);
    }

    @Provide
    Arbitrary<String> guestNames() {
        return Arbitraries.of("web", "a\\x2db", "7", "7\\x2d8", "x.scope", "é", "vcpu0", "emulator", "pod")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join("_", parts));
    }

    @Property
    void anyPathIsInALayoutWhoseGroupItLiesInOrInNone(@ForAll("paths") String path) {
        ManagerLayout.of(path).ifPresent(match -> assertTrue(path.startsWith(match.group()), path));
    }

    @Example
    void theLongestPathsTakeNoTime() {
        List<String> parts =
                List.of("/", "a", "/a", "-", "/pod-", "/libvirt/qemu", "/machine-qemu\\x2d1", ".scope/", "pod0123-");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (String part : parts) {
                assertFalse(
                        ManagerLayout.of(part.repeat(4096 / part.length()) + "\n")
                                .isPresent(),
                        part);
            }
        });
    }
}
