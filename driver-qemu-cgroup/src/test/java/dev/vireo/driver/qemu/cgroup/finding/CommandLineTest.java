package dev.vireo.driver.qemu.cgroup.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static CommandLine parse(String... arguments) {
        return CommandLine.parse((String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "guest=web,debug-threads=on|web",
                "web,debug-threads=on|web",
                "web|web",
                "debug-threads=on,guest=web|web",
                "process=x,guest=web|web",
                "guest=a,,b|a,b",
                "guest=,,|,",
                "guest=a b \\x2d ) (|a b \\x2d ) (",
                "guest=🐧 مرحبا|🐧 مرحبا"
            })
    void theNameIsTakenFromItsOption(String value, String name) {
        assertEquals(
                Optional.of(name), parse("qemu-system-x86_64", "-name", value).name());
    }

    @Test
    void withoutANameThereIsNone() {
        assertEquals(Optional.empty(), parse("qemu-system-x86_64", "-m", "16").name());
        assertEquals(Optional.empty(), parse("qemu-system-x86_64", "-name").name());
        assertEquals(Optional.empty(), parse("qemu-system-x86_64", "-name", "").name());
        assertEquals(
                Optional.empty(),
                parse("qemu-system-x86_64", "-name", "debug-threads=on").name());
    }

    @Test
    void theLastOfSeveralHoldsAndTwoDashesAreOne() {
        assertEquals(
                Optional.of("b"), parse("qemu", "-name", "a", "--name", "b").name());
    }

    @Test
    void aUuidThatIsNoneIsNotTaken() {
        String uuid = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
        assertEquals(
                Optional.of(UUID.fromString(uuid)), parse("qemu", "-uuid", uuid).uuid());
        assertEquals(Optional.empty(), parse("qemu", "-uuid", "1-2-3-4-5").uuid());
    }
}
