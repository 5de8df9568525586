package dev.vireo.driver.qemu.cgroup.finding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.Mutations;
import dev.vireo.driver.qemu.cgroup.Mutations.Mutation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Command lines and programs' names, of any bytes. */
class CommandLinePropertiesTest {
    private static final UUID SOME = UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    private static byte[] bytes(List<String> arguments) {
        return (String.join("\0", arguments) + "\0").getBytes(UTF_8);
    }

    @Provide
    Arbitrary<Mutation> few() {
        return Mutations.few();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("ab,=- /\\\n\t\"'é漢🐧".replace("🐧", ""))
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> otherOptions() {
        return Arbitraries.of("-nodefaults", "-m", "16", "-smbios", "type=0", "accel=kvm", "", "-device", "name=x");
    }

    @Property
    void theNameAndTheUuidComeOutAsTheyWerePutInAmongOtherArguments(
            @ForAll("names") String name,
            @ForAll long most,
            @ForAll long least,
            @ForAll @Size(max = 8) List<@net.jqwik.api.From("otherOptions") String> others,
            @ForAll @IntRange(max = 3) int form) {
        UUID uuid = new UUID(most, least);
        String doubled = name.replace(",", ",,");
        String value = List.of(
                        "guest=" + doubled,
                        "guest=" + doubled + ",debug-threads=on",
                        "debug-threads=on,guest=" + doubled,
                        "process=x,guest=" + doubled + ",debug-threads=on")
                .get(form);
        List<String> arguments = new ArrayList<>(List.of("/usr/bin/qemu-system-x86_64"));
        arguments.addAll(others);
        arguments.addAll(List.of("-name", value, "-uuid", uuid.toString(), "-m", "16"));
        arguments.addAll(others);
        assertEquals(new CommandLine(Optional.of(name), Optional.of(uuid), false), CommandLine.parse(bytes(arguments)));
    }

    @Property
    void theUuidOfTheFirmwareTablesIsTakenWhereThereIsNoOther(@ForAll long most, @ForAll long least) {
        UUID uuid = new UUID(most, least);
        assertEquals(
                Optional.of(uuid),
                CommandLine.parse(bytes(List.of("kvm", "-smbios", "type=0", "-smbios", "type=1,uuid=" + uuid)))
                        .uuid());
        assertEquals(
                Optional.of(SOME),
                CommandLine.parse(bytes(List.of("kvm", "-smbios", "type=1,uuid=" + uuid, "-uuid", SOME.toString())))
                        .uuid());
    }

    @Property
    void aSpoiltCommandLineHasANameOrNone(@ForAll("names") String name, @ForAll("few") Mutation mutation) {
        CommandLine spoilt = CommandLine.parse(mutation.apply(
                bytes(List.of("kvm", "-name", "guest=" + name.replace(",", ",,"), "-uuid", SOME.toString()))));
        assertFalse(spoilt.name().isPresent() && spoilt.name().get().isEmpty());
    }

    @Property
    void anyBytesHaveANameOrNone(@ForAll byte[] bytes) {
        assertFalse(CommandLine.parse(bytes).name().map(String::isEmpty).orElse(false));
    }

    @Property
    void aProgramIsQemuByItsFileNameAlone(
            @ForAll("names") String directory, @ForAll boolean deleted, @net.jqwik.api.ForAll boolean wrapped) {
        for (String name : List.of("qemu-system-x86_64", "qemu-kvm", "kvm")) {
            String path = "/" + directory + "/" + (wrapped ? "." : "") + name + (deleted ? " (deleted)" : "");
            assertTrue(ProgramName.isQemu(ByteBuffer.wrap(path.getBytes(UTF_8))), path);
            String other = "/" + name + "/" + "x" + path.substring(path.lastIndexOf('/') + 1);
            assertFalse(ProgramName.isQemu(ByteBuffer.wrap(other.getBytes(UTF_8))), other);
        }
    }

    @Property
    void anyBytesAreQemuOrNot(@ForAll byte[] bytes) {
        boolean isQemu = ProgramName.isQemu(ByteBuffer.wrap(bytes));
        assertTrue(!isQemu || new String(bytes, UTF_8).matches("(?s).*(qemu-system-|kvm).*"));
    }
}
