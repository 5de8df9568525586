package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pieces of code in docs/writing-a-driver.md stand in the files that it names. */
class GuideIT {
    private static final Pattern PIECE = Pattern.compile("`([^`]+\\.java)`:\n\n```java\n(.*?)\n```", Pattern.DOTALL);
    private static final int PIECES = 7;

    @Test
    void eachPieceOfCodeIsInTheFileThatIsNamedBeforeIt() throws IOException {
        String guide = Files.readString(Repository.root().resolve("docs/writing-a-driver.md"));
        Matcher piece = PIECE.matcher(guide);
        int found = 0;
        while (piece.find()) {
            String source = Files.readString(Repository.root().resolve(piece.group(1)));
            String code = piece.group(2);
            assertTrue(words(source).contains(words(code)), () -> piece.group(1) + " does not have\n" + code);
            found++;
        }
        assertEquals(PIECES, found);
    }

    /** The formatter breaks and indents lines as it likes. */
    private static String words(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }
}
