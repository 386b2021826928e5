package io.strongroom.console;

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

    /** Whoever verifies a pack here may be sure that nothing of it leaves the machine. */
    @ArchTest
    static final ArchRule theViewerOfPacksHasNoWayToTheNetwork = noClasses()
            .that()
            .resideInAnyPackage("io.strongroom.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..", "io.strongroom.api..", "javafx.scene.web..");

    @ArchTest
    static final ArchRule theConsoleKnowsNeitherServerNorAgent = noClasses()
            .that()
            .resideInAPackage("io.strongroom.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.strongroom.server..", "io.strongroom.agent..", "io.strongroom.installer..");
}
