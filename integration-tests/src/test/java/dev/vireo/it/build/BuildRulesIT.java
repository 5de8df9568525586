package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A rule that never fires looks like a rule that is kept: each one is broken here, under the project's own parent POM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildRulesIT {
    private static final String FIXTURE = "integration-tests/src/test/build-rules";
    private static final Path ROOT = Path.of(System.getProperty("vireo.root"));

    private MavenRun run = new MavenRun("");

    @BeforeAll
    void buildTheFixture(@TempDir Path copy) throws IOException, InterruptedException {
        for (String part : List.of("pom.xml", "mvnw", ".mvn", FIXTURE)) {
            FileTree.copy(ROOT.resolve(part), copy.resolve(part));
        }
        Path repository = Path.of(System.getProperty("vireo.maven.repository"));
        run = MavenRun.offline(copy, repository, "--fail-at-end", "--file", FIXTURE, "test-compile");
    }

    @Test
    void modulesThatKeepTheRulesAreBuilt() {
        Set<String> expected = Set.of(
                "build-rules",
                "jna-jpms",
                "library",
                "user-of-library-1",
                "vireo-api",
                "vireo-driver-test",
                "vireo-driver-native",
                "cli-with-a-driver-at-run-time");
        assertEquals(new TreeSet<>(expected), run.succeeded(), run::toString);
    }

    @Test
    void aCompilerWarningIsAnError() {
        assertRefused("raw-type", ":compile ", "-Werror");
        assertPrinted("raw-type", "found raw type");
    }

    @Test
    void aCompilerWarningInATestIsAnError() {
        assertRefused("raw-type-in-a-test", ":testCompile ", "-Werror");
        assertPrinted("raw-type-in-a-test", "found raw type");
    }

    @Test
    void aBugPatternIsRefused() {
        assertRefused("exception-not-thrown", ":compile ", "[DeadException]");
    }

    @Test
    void aBugPatternInATestIsRefused() {
        assertRefused("exception-not-thrown-in-a-test", ":testCompile ", "[DeadException]");
    }

    @Test
    void aNullWhereNoneIsAllowedIsRefused() {
        assertRefused("null-returned", ":compile ", "[NullAway]");
    }

    @Test
    void aNullableTypeArgumentWhereNoneIsAllowedIsRefused() {
        assertRefused(
                "null-in-a-type-argument", "[NullAway]", "List<@Nullable String> cannot be converted to List<String>");
    }

    @Test
    void aBadlyFormattedFileIsRefused() {
        assertRefused("bad-format", "spotless-maven-plugin", "format violations");
    }

    @Test
    void aWildcardImportIsRefused() {
        assertRefused("wildcard-import", "spotless-maven-plugin", "Do not use wildcard imports");
    }

    @Test
    void anApiThatDependsOnANativeLibraryIsRefused() {
        assertImportRefused("api-with-jna", "net.java.dev.jna:jna-jpms");
    }

    @Test
    void aDriverThatDependsOnAnotherDriverIsRefused() {
        assertImportRefused("driver-on-another-driver", "dev.vireo:vireo-driver-test");
    }

    @Test
    void aDriverThatDependsOnANativeLibraryNotItsOwnIsRefused() {
        assertImportRefused("driver-with-jna", "net.java.dev.jna:jna-jpms");
    }

    @Test
    void aForbiddenDependencyThatIsProvidedIsRefused() {
        assertImportRefused("driver-with-provided-jna", "net.java.dev.jna:jna-jpms");
    }

    @Test
    void aForbiddenDependencyThatComesThroughAnotherIsRefused() {
        assertImportRefused("driver-with-jna-through-another-module", "net.java.dev.jna:jna-jpms");
    }

    @Test
    void aCommandLineWithADriverAtCompileTimeIsRefused() {
        assertImportRefused("cli-with-a-driver-at-compile-time", "dev.vireo:vireo-driver-test");
    }

    @Test
    void aModuleThatDoesNotSayWhatItImportsMayImportNothing() {
        assertImportRefused("imports-not-declared", "dev.vireo:vireo-api");
    }

    @Test
    void versionsThatDivergeAreRefused() {
        assertRefused("versions-that-diverge", "Dependency convergence error for dev.vireo:library");
    }

    @Test
    void aDependencyDeclaredTwiceIsRefused() {
        assertRefused("dependency-declared-twice", "dependencies.dependency[dev.vireo:vireo-api:jar] (2 times)");
    }

    @Test
    void aJavaThatIsTooOldIsRefused() {
        assertRefused("newer-java-needed", "RequireJavaVersion", "not in the allowed range [99,)");
    }

    @Test
    void aMavenThatIsTooOldIsRefused() {
        assertRefused("newer-maven-needed", "RequireMavenVersion", "not in the allowed range [99,)");
    }

    private void assertImportRefused(String module, String dependency) {
        assertRefused(module, "(imports)", "may not import that", dependency + ":jar");
    }

    private void assertRefused(String module, String... reasons) {
        String failure = run.failureOf(module);
        assertTrue(!failure.isEmpty(), () -> module + " was not refused:\n" + run);
        for (String reason : reasons) {
            assertTrue(failure.contains(reason), () -> module + " was not refused for " + reason + ":\n" + failure);
        }
    }

    private void assertPrinted(String module, String text) {
        String output = run.outputOf(module);
        assertTrue(output.contains(text), () -> text + " was not printed for " + module + ":\n" + output);
    }
}
