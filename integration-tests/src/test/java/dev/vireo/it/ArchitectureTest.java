package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of who may import whom hold for the project, and each of them finds the class that breaks it. */
class ArchitectureTest {
    private static final String PROJECT = "dev.vireo";
    private static final String VIOLATIONS = "dev.vireo.it.violations";

    private static final JavaClasses PROJECT_CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PROJECT);
    private static final JavaClasses VIOLATING_CLASSES = new ClassFileImporter().importPackages(VIOLATIONS);

    /** Each rule by its name, with the class among the violations that it is there to find. */
    private static final Map<String, Check> CHECKS = new TreeMap<>(Map.of(
            "the api imports the JDK alone",
            new Check(ArchitectureRules::theApiImportsTheJdkAlone, "ImportsALibrary"),
            "callers see nothing of the drivers' side",
            new Check(ArchitectureRules::callersSeeNothingOfTheDriversSide, "ExposesAnSpiType"),
            "drivers do not know each other",
            new Check(ArchitectureRules::driversDoNotKnowEachOther, "KnowsAnotherDriver"),
            "a driver imports the api alone",
            new Check(ArchitectureRules::aDriverImportsTheApiAlone, "ImportsTheCommandLine"),
            "the contract of drivers imports the api and JUnit alone",
            new Check(ArchitectureRules::theContractOfDriversImportsTheApiAndJunitAlone, "ImportsADriver"),
            "samples are made of the api alone",
            new Check(ArchitectureRules::samplesAreMadeOfTheApiAlone, "ReachesADriver"),
            "the command line knows no driver",
            new Check(ArchitectureRules::theCommandLineKnowsNoDriver, "KnowsADriver"),
            "pictures are drawn in one place alone",
            new Check(ArchitectureRules::picturesAreDrawnInOnePlaceAlone, "DrawsElsewhere"),
            "what is served is made of samples",
            new Check(ArchitectureRules::whatIsServedIsMadeOfSamples, "ServesADriver"),
            "the command line serves in one place alone",
            new Check(ArchitectureRules::theCommandLineServesInOnePlaceAlone, "ServesElsewhere")));

    private record Check(Function<ArchitectureRules, ArchRule> rule, String violatingClass) {
        ArchRule on(String root) {
            return rule.apply(new ArchitectureRules(root));
        }
    }

    static Stream<String> rules() {
        return CHECKS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theProjectKeepsEachRule(String rule) {
        CHECKS.get(rule).on(PROJECT).check(PROJECT_CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void eachRuleFindsTheClassThatBreaksIt(String rule) {
        Check check = CHECKS.get(rule);
        AssertionError found =
                assertThrows(AssertionError.class, () -> check.on(VIOLATIONS).check(VIOLATING_CLASSES));
        assertTrue(found.getMessage().contains("." + check.violatingClass()), found::getMessage);
    }
}
