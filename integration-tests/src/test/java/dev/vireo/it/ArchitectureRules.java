package dev.vireo.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may import whom.
 *
 * @param root the package of the api: the project's own, or one that breaks the rules
 */
record ArchitectureRules(String root) {
    ArchRule theApiImportsTheJdkAlone() {
        return classes()
                .that()
                .resideInAnyPackage(root, spi())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", root, spi()));
    }

    ArchRule callersSeeNothingOfTheDriversSide() {
        return classes().that().resideInAPackage(root).and().arePublic().should(new ExposesNothingOf(spi()));
    }

    ArchRule driversDoNotKnowEachOther() {
        return slices().matching(root + ".driver.(*)..").should().notDependOnEachOther();
    }

    ArchRule aDriverImportsTheApiAlone() {
        return classes()
                .that()
                .resideInAPackage(root + ".driver..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.xml..",
                        "com.sun.jna..",
                        "org.libvirt..",
                        "org.jspecify..",
                        root,
                        spi(),
                        root + ".driver.."));
    }

    ArchRule theContractOfDriversImportsTheApiAndJunitAlone() {
        return classes()
                .that()
                .resideInAPackage(root + ".tck..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "com.sun.management..",
                        "org.opentest4j..",
                        "org.junit.jupiter.api..",
                        "org.jspecify..",
                        root,
                        spi(),
                        root + ".tck.."));
    }

    ArchRule samplesAreMadeOfTheApiAlone() {
        return classes()
                .that()
                .resideInAPackage(root + ".monitor..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", root, root + ".monitor.."));
    }

    ArchRule whatIsServedIsMadeOfSamples() {
        return classes()
                .that()
                .resideInAPackage(root + ".exporter..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "javax.security..",
                        "at.favre.lib..",
                        "com.fasterxml.jackson.core..",
                        "org.eclipse.jetty..",
                        "io.prometheus..",
                        "io.opentelemetry..",
                        "org.jspecify..",
                        root,
                        root + ".monitor..",
                        root + ".exporter.."));
    }

    /** What is served has libraries that the other commands must not come across. */
    ArchRule theCommandLineServesInOnePlaceAlone() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".cli..")
                .and()
                .doNotHaveSimpleName("Serving")
                .and()
                .doNotHaveSimpleName("Listening")
                .and()
                .doNotHaveSimpleName("Pushing")
                .and()
                .doNotHaveSimpleName("ThisHost")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        root + ".exporter..", "io.prometheus..", "io.opentelemetry..", "org.eclipse.jetty.."));
    }

    ArchRule theCommandLineKnowsNoDriver() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".cli..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + ".driver.."));
    }

    /** Charts and AWT are slow to load: the other commands must not come across them. */
    ArchRule picturesAreDrawnInOnePlaceAlone() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".cli..")
                .and()
                .resideOutsideOfPackage(root + ".cli.plot..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.jfree..", "java.awt..", "javax.imageio.."));
    }

    private String spi() {
        return root + ".spi";
    }
}
