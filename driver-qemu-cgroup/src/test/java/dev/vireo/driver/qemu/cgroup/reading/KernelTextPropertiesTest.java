package dev.vireo.driver.qemu.cgroup.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.Mutations;
import dev.vireo.driver.qemu.cgroup.Mutations.Mutation;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class KernelTextPropertiesTest {
    private static final BigInteger TOO_LARGE = BigInteger.ONE.shiftLeft(64);

    private static Path file;

    private final KernelText text = new KernelText();

    @BeforeContainer
    static void makeFile() throws IOException {
        file = Files.createTempFile("kernel", "");
    }

    @AfterContainer
    static void removeFile() throws IOException {
        Files.delete(file);
    }

    private void take(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (KernelFile open = new KernelFile(file, new OpenFileBudget(0))) {
            open.read(text);
        }
    }

    @Provide
    Arbitrary<Mutation> few() {
        return Mutations.few();
    }

    @Provide
    Arbitrary<Long> unsigned() {
        return Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.of(0L, -1L, -2L, Long.MIN_VALUE, Long.MAX_VALUE, 0x1999999999999999L));
    }

    @Property
    void numbersUpTo64BitsComeOutAsTheyWerePutIn(@ForAll @Size(max = 300) List<@net.jqwik.api.From("unsigned") Long> in)
            throws IOException {
        take((String.join(" ", in.stream().map(Long::toUnsignedString).toList()) + " \n").getBytes(ISO_8859_1));
        List<Long> out = new ArrayList<>();
        while (!text.isAtEnd()) {
            out.add(text.nextUnsigned());
        }
        assertEquals(in, out);
    }

    @Property
    void spoiltNumbersAreTheOnesThatStandThereOrAnErrorThatNamesTheFile(
            @ForAll @Size(max = 5) List<@net.jqwik.api.From("unsigned") Long> in, @ForAll("few") Mutation mutation)
            throws IOException {
        byte[] bytes = mutation.apply(
                String.join(" ", in.stream().map(Long::toUnsignedString).toList())
                        .getBytes(ISO_8859_1));
        take(bytes);
        for (String word : new String(bytes, ISO_8859_1).split("[ \n\t]+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            boolean isNumber = word.matches("[0-9]+") && new BigInteger(word).compareTo(TOO_LARGE) < 0;
            try {
                assertEquals(word.replaceFirst("^0+(?=.)", ""), Long.toUnsignedString(text.nextUnsigned()));
                assertTrue(isNumber, word);
            } catch (MalformedFileException refused) {
                assertTrue(!isNumber && refused.getMessage().startsWith(file + ": "), refused.getMessage());
                return;
            }
        }
        assertTrue(text.isAtEnd());
    }

    @Provide
    Arbitrary<Map<String, Long>> lines() {
        return Arbitraries.maps(
                        Arbitraries.of("user", "system", "usage_usec", "user_usec", "use", "user_usec2", "nr_x"),
                        unsigned())
                .ofMaxSize(7);
    }

    @Property
    void theNumberBehindAKeyIsThatOfItsOwnLine(@ForAll("lines") Map<String, Long> lines) throws IOException {
        StringBuilder all = new StringBuilder();
        lines.forEach((key, number) -> all.append(key)
                .append(' ')
                .append(Long.toUnsignedString(number))
                .append('\n'));
        take(all.toString().getBytes(ISO_8859_1));
        for (String key : List.of("user_usec", "usage_usec", "user", "system")) {
            if (lines.containsKey(key)) {
                assertEquals(lines.get(key), text.unsignedOf(key.getBytes(ISO_8859_1)));
            } else {
                assertTrue(!text.goTo(key.getBytes(ISO_8859_1)), key);
            }
        }
    }

    @Property
    void aSpoiltLineHasItsOwnNumberOrIsAnErrorThatNamesTheFile(
            @ForAll @net.jqwik.api.From("unsigned") Long number, @ForAll("few") Mutation mutation) throws IOException {
        byte[] bytes = mutation.apply(
                ("usage_usec " + Long.toUnsignedString(number) + "\nuser_usec 5\nnr 7\n").getBytes(ISO_8859_1));
        take(bytes);
        Matcher line = Pattern.compile("(?m)^usage_usec ([ \t]*)([0-9]+)[ \n\t]")
                .matcher(new String(bytes, ISO_8859_1) + "\n");
        try {
            String read = Long.toUnsignedString(text.unsignedOf("usage_usec".getBytes(ISO_8859_1)));
            assertTrue(line.find(), () -> "a number from nowhere: " + read);
            assertEquals(line.group(2).replaceFirst("^0+(?=.)", ""), read);
        } catch (MalformedFileException refused) {
            assertTrue(refused.getMessage().startsWith(file + ": "), refused.getMessage());
        }
    }
}
