package io.strongroom.evidence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.strongroom.evidence", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theEvidenceCoreKnowsTheJdkAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.strongroom.evidence..",
                    "java..",
                    "javax.crypto..",
                    "javax.security.auth.x500",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule theEvidenceCoreHasNoNetworkCode = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.rmi..", "javax.net..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.nio\\.channels\\..*(Socket|Datagram|Network|Multicast).*");

    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("io.strongroom.evidence.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule scalarsStandBelowEverything = noClasses()
            .that()
            .resideInAPackage("io.strongroom.evidence")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.strongroom.evidence.*..");
}
