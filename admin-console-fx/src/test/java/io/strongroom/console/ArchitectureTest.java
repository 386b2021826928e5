package io.strongroom.console;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.strongroom.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("io.strongroom.console.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule aViewModelTouchesNoControl = noClasses()
            .that()
            .haveSimpleNameEndingWith("ViewModel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..");

    private static final String[] OF_THE_VERIFIER = {
        "io.strongroom.console.pack..",
        "io.strongroom.console.look..",
        "io.strongroom.console.print..",
        "io.strongroom.console.text..",
        "io.strongroom.console.work..",
    };

    /** Whoever verifies a pack here may be sure that nothing of it leaves the machine. */
    @ArchTest
    static final ArchRule theVerifierHasNoWayToTheNetwork = noClasses()
            .that()
            .resideInAnyPackage(OF_THE_VERIFIER)
            .or()
            .haveNameMatching("io\\.strongroom\\.console\\.Verifier.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..", "io.strongroom.api..", "javafx.scene.web..");

    /** So that what holds for those packages holds for the program. */
    @ArchTest
    static final ArchRule theVerifierKnowsNothingElseOfTheConsole = noClasses()
            .that()
            .resideInAnyPackage(OF_THE_VERIFIER)
            .or()
            .haveNameMatching("io\\.strongroom\\.console\\.Verifier.*")
            .should()
            .dependOnClassesThat(resideInAPackage("io.strongroom.console..")
                    .and(not(resideInAnyPackage(OF_THE_VERIFIER)))
                    .and(not(nameMatching("io\\.strongroom\\.console\\.Verifier.*"))));

    /** A screen reaches another only by the navigator. */
    @ArchTest
    static final ArchRule onlyTheProgramKnowsAllScreens = slices().matching("io.strongroom.console.(*)..")
            .namingSlices("$1")
            .as("screens")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    alwaysTrue(),
                    resideInAnyPackage(
                            "io.strongroom.console.pack..",
                            "io.strongroom.console.look..",
                            "io.strongroom.console.print..",
                            "io.strongroom.console.print..",
                            "io.strongroom.console.text..",
                            "io.strongroom.console.work..",
                            "io.strongroom.console.connection..",
                            "io.strongroom.console.rules..",
                            "io.strongroom.console.desk.."));

    @ArchTest
    static final ArchRule theConsoleKnowsNeitherServerNorAgent = noClasses()
            .that()
            .resideInAPackage("io.strongroom.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.strongroom.server..", "io.strongroom.agent..", "io.strongroom.installer..");
}
