package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
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

    @BeforeEach
    void copyTheApi() throws IOException {
        for (String part : List.of("pom.xml", "mvnw", ".mvn", "api/pom.xml", "api/src/main", "api/src/test/frozen")) {
            FileTree.copy(ROOT.resolve(part), copy.resolve(part));
        }
    }

    private MavenRun build() throws IOException, InterruptedException {
        Path repository = Path.of(System.getProperty("vireo.maven.repository"));
        return MavenRun.offline(
                copy, repository, "--file", "api", "-Dmaven.test.skip", "-Dspotless.check.skip", "verify");
    }

    @Test
    void whatCallersOrDriversWouldMissOrHaveToAddIsRefused() throws IOException, InterruptedException {
        change(
                "HypervisorVersion.java",
                "public static HypervisorVersion ofNumber",
                "static HypervisorVersion ofNumber");
        change("spi/DriverSession.java", "    boolean isAlive();", "    boolean isAlive();\n\n    boolean isWell();");
        change("spi/ConnectGetHostname.java", "getHostname();", "getHostname(int flags);");
        change("Connection.java", "ConnectGetHostname::getHostname", "function -> function.getHostname(0)");
        String said = build().toString();
        assertFalse(said.contains("BUILD SUCCESS"), said);
        assertTrue(said.contains("dev.vireo.HypervisorVersion.ofNumber(long):METHOD_LESS_ACCESSIBLE"), said);
        assertTrue(said.contains("dev.vireo.spi.DriverSession.isWell():METHOD_ADDED_TO_INTERFACE"), said);
        assertTrue(said.contains("dev.vireo.spi.ConnectGetHostname.getHostname():METHOD_REMOVED"), said);
        assertTrue(said.contains("dev.vireo.spi.ConnectGetHostname.getHostname(int):METHOD_ADDED_TO_INTERFACE"), said);
    }

    @Test
    void additionsPass() throws IOException, InterruptedException {
        change(
                "spi/DriverSession.java",
                "    boolean isAlive();",
                "    boolean isAlive();\n\n    /** Is new. */\n    default boolean isWell() {\n        return isAlive();\n    }");
        change(
                "Operation.java",
                "\"virDomainGetVcpuPinInfo\");",
                "\"virDomainGetVcpuPinInfo\"),\n    /** Is new. */\n    DOMAIN_BE_LATER(3, Access.READS, Subject.DOMAIN, null);");
        Files.writeString(copy.resolve("api/src/main/java/dev/vireo/Newcomer.java"), """
                package dev.vireo;

                /** Is new. */
                public final class Newcomer {
                    private Newcomer() {}
                }
                """);
        String said = build().toString();
        assertTrue(said.contains("BUILD SUCCESS"), said);
        // else nothing was compared
        assertTrue(said.contains("japicmp"), said);
        assertTrue(comparison().contains("DOMAIN_BE_LATER"), said);
    }

    private String comparison() throws IOException {
        return Files.readString(copy.resolve("api/target/japicmp/surface.diff"));
    }
}
