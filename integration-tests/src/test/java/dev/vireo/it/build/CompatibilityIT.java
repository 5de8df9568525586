package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller or a driver was compiled against cannot be taken away: the build of the api refuses it. */
class CompatibilityIT {
    private static final Path ROOT = Path.of(System.getProperty("vireo.root"));

    @TempDir
    private Path copy;

    private void change(String file, String before, String after) throws IOException {
        Path path = copy.resolve("api/src/main/java/dev/vireo").resolve(file);
        String text = Files.readString(path);
        assertTrue(text.contains(before), () -> file + " has no '" + before + "'");
        Files.writeString(path, text.replace(before, after));
    }

    @Test
    void aMethodThatIsTakenAwayAndOneThatDriversWouldHaveToAddAreRefused() throws IOException, InterruptedException {
        for (String part : List.of("pom.xml", "mvnw", ".mvn", "api/pom.xml", "api/src/main", "api/src/test/frozen")) {
            FileTree.copy(ROOT.resolve(part), copy.resolve(part));
        }
        change(
                "HypervisorVersion.java",
                "public static HypervisorVersion ofNumber",
                "static HypervisorVersion ofNumber");
        change("spi/DriverSession.java", "    boolean isAlive();", "    boolean isAlive();\n\n    boolean isWell();");
        Path repository = Path.of(System.getProperty("vireo.maven.repository"));
        MavenRun run = MavenRun.offline(
                copy, repository, "--file", "api", "-Dmaven.test.skip", "-Dspotless.check.skip", "verify");
        assertFalse(run.toString().contains("BUILD SUCCESS"), run::toString);
        String said = run.toString();
        assertTrue(said.contains("dev.vireo.HypervisorVersion.ofNumber(long):METHOD_LESS_ACCESSIBLE"), said);
        assertTrue(said.contains("dev.vireo.spi.DriverSession.isWell():METHOD_ADDED_TO_INTERFACE"), said);
    }
}
