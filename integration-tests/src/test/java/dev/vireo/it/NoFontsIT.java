package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures on a machine that has no fonts, or not even the library that reads them. */
class NoFontsIT {
    @TempDir
    private Path directory;

    @BeforeAll
    static void namespacesAreThere() {
        Requirements.requireProgram("unshare", "util-linux");
        Requirements.root("hiding fonts from one process");
    }

    private Path recording() throws IOException {
        Path file = directory.resolve("a.rec");
        JavaProgram.ofTheBuild()
                .vireo("-c", "test:///default", "record", "-o", file.toString(), "-d", "0.01", "-n", "3")
                .requireSuccess();
        return file;
    }

    private CommandRun plotWithout(String what, Path recording, String picture) throws IOException {
        String script = Repository.root()
                .resolve("integration-tests/src/test/sh/without-fonts.sh")
                .toString();
        return JavaProgram.ofTheBuild()
                .runBy("unshare", "--mount", "--propagation", "private", "bash", script, directory.toString(), what)
                .vireo(
                        "plot",
                        recording.toString(),
                        "-o",
                        directory.resolve(picture).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fonts", "freetype"})
    void anSvgIsDrawnAllTheSame(String what) throws IOException {
        CommandRun run = plotWithout(what, recording(), "a.svg").requireSuccess();
        assertEquals("", run.err());
        assertTrue(Files.readString(directory.resolve("a.svg")).endsWith("</svg>\n"));
    }

    @Test
    void aPngNamesThePackagesOfFonts() throws IOException {
        assertRefused(plotWithout("fonts", recording(), "a.png"), "install fontconfig and fonts-dejavu-core");
    }

    @Test
    void aPngNamesThePackageOfTheLibraryToo() throws IOException {
        assertRefused(plotWithout("freetype", recording(), "a.png"), "install libfreetype6, fontconfig and fonts-");
    }

    private void assertRefused(CommandRun run, String packages) {
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("error: a PNG needs fonts"), run::toString);
        assertTrue(run.err().contains(packages), run::toString);
        assertFalse(Files.exists(directory.resolve("a.png")));
    }
}
