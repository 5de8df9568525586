package dev.vireo.driver.qemu.cgroup.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.Mutations;
import dev.vireo.driver.qemu.cgroup.Mutations.Mutation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** libvirt's status files, and what any user may write in their place. */
class LibvirtStatusPropertiesTest {
    private static final UUID SOME = UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    private static String xml(int pid, String name, UUID uuid, int id, Map<Integer, Integer> vcpus) {
        StringBuilder text = new StringBuilder("<!-- libvirt -->\n<domstatus state='running' reason='booted' pid='"
                + pid + "'>\n  <monitor path='/m' type='unix'/>\n  <vcpus>\n");
        vcpus.forEach((number, thread) -> text.append("    <vcpu id='" + number + "' pid='" + thread + "'/>\n"));
        return text.append(
                        "  </vcpus>\n  <domain type='kvm' id='" + id + "'>\n    <name>" + escape(name)
                                + "</name>\n    <uuid>" + uuid
                                + "</uuid>\n    <vcpus><vcpu id='0' enabled='yes'/></vcpus>\n"
                                + "    <devices><interface><name>other</name></interface></devices>\n  </domain>\n</domstatus>\n")
                .toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Optional<LibvirtStatus> parse(String text) {
        return LibvirtStatus.parse(text.getBytes(UTF_8));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().filter(LibvirtStatusPropertiesTest::isXmlText),
                Arbitraries.strings().withChars("&<>'\"éüبа漢 ").ofMinLength(1).ofMaxLength(20));
    }

    private static boolean isXmlText(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    @Provide
    Arbitrary<Map<Integer, Integer>> vcpus() {
        return Arbitraries.maps(
                        Arbitraries.integers().between(0, 1024),
                        Arbitraries.integers().between(2, 1 << 22))
                .uniqueValues()
                .ofMaxSize(50);
    }

    @Provide
    Arbitrary<Mutation> few() {
        return Mutations.few();
    }

    @Property
    void whatLibvirtWritesIsReadAsItIs(
            @ForAll("names") String name,
            @ForAll("vcpus") Map<Integer, Integer> vcpus,
            @ForAll long most,
            @ForAll long least,
            @ForAll @IntRange(min = 1) int id) {
        SortedMap<Integer, Integer> sorted = new TreeMap<>(vcpus);
        UUID uuid = new UUID(most, least);
        assertEquals(
                Optional.of(new LibvirtStatus(1, name, uuid, OptionalInt.of(id), sorted)),
                parse(xml(1, name, uuid, id, sorted)));
    }

    @Example
    void aFileThatIsCutOffAnywhereIsNone() {
        byte[] whole = xml(60, "web", SOME, 3, Map.of(0, 61, 1, 62)).getBytes(UTF_8);
        String text = new String(whole, UTF_8).stripTrailing();
        assertTrue(parse(text).isPresent());
        for (int length = 0; length < text.length(); length++) {
            assertEquals(Optional.empty(), LibvirtStatus.parse(Arrays.copyOf(whole, length)), "cut after " + length);
        }
    }

    @Property
    void aSpoiltFileIsNoneOrHasNumbersThatCanBe(@ForAll("few") Mutation mutation) {
        LibvirtStatus.parse(mutation.apply(
                        xml(60, "web", SOME, 3, Map.of(0, 61, 1, 62)).getBytes(UTF_8)))
                .ifPresent(LibvirtStatusPropertiesTest::assertPossible);
    }

    @Property
    void anyBytesAreNone(@ForAll byte[] bytes) {
        assertEquals(Optional.empty(), LibvirtStatus.parse(bytes));
    }

    @Example
    void numbersThatCannotBeMakeItNone() {
        String good = xml(60, "web", SOME, 3, Map.of(5, 61));
        for (List<String> change : List.of(
                List.of("pid='60'", "pid='-60'"),
                List.of("pid='60'", "pid='99999999999'"),
                List.of("pid='60'", "pid=''"),
                List.of("pid='60'", "pd='60'"),
                List.of("vcpu id='5'", "vcpu id='-5'"),
                List.of("vcpu id='5'", "vcpu"),
                List.of("id='3'", "id='-3'"),
                List.of("id='3'", "id='x'"),
                List.of(SOME.toString(), "1-2-3-4-5"))) {
            String bad = good.replace(change.get(0), change.get(1));
            assertEquals(Optional.empty(), parse(bad), () -> bad);
        }
    }

    private static void assertPossible(LibvirtStatus status) {
        assertTrue(status.pid() > 0 && !status.name().isEmpty() && status.id().orElse(1) >= 0, status.toString());
        status.vcpuThreads().forEach((number, thread) -> assertTrue(number >= 0 && thread > 0, status.toString()));
    }

    @Example
    void deepNestingTakesNoMoreThanItsSize() {
        String deep = "<domstatus pid='60'>" + "<a>".repeat(200_000) + "</a>".repeat(200_000) + "</domstatus>";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertEquals(Optional.empty(), parse(deep)));
    }

    @Example
    void entitiesAreNotExpandedAndMakeNoName() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE domstatus [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 40; i++) {
            bomb.append("<!ENTITY a" + i + " '&a" + (i - 1) + ";&a" + (i - 1) + ";'>");
        }
        String text = bomb + "]>" + xml(60, "NAME", SOME, 3, Map.of()).replace("NAME", "x&a39;y");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertEquals(Optional.empty(), parse(text)));
    }

    @Example
    void nothingIsFetchedFromElsewhere() {
        String text = "<!DOCTYPE domstatus [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
                + xml(60, "NAME", SOME, 3, Map.of()).replace("NAME", "x&a;");
        assertEquals(Optional.empty(), parse(text));
    }

    @Example
    void longAttributesAndManyElementsTakeNoMoreThanTheirSize() {
        String good = xml(60, "web", SOME, 3, Map.of());
        String long1 = good.replace("state='running'", "state='" + "x".repeat(4_000_000) + "'");
        String many = good.replace("<vcpus>\n", "<vcpus>" + "<x y='z'/>".repeat(300_000));
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertTrue(parse(long1).isPresent());
            assertTrue(parse(many).isPresent());
        });
    }
}
