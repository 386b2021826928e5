package io.strongroom.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom (design §1). */
class HouseRulesTest {
    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.strongroom");
    }

    @Test
    void noSliceOfTheServerKnowsItselfThroughOthers() {
        slices().matching("io.strongroom.server.(*)..")
                .should()
                .beFreeOfCycles()
                .check(house);
    }

    @Test
    void theEvidenceCoreKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("io.strongroom.evidence..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.strongroom.evidence..", "java..", "javax..", "org.jspecify..")
                .check(house);
    }

    @Test
    void theVerifierTouchesNoNetwork() {
        noClasses()
                .that()
                .resideInAPackage("io.strongroom.evidence..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net..")
                .check(house);
    }

    @Test
    void policiesKnowTheEvidenceCoreAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.strongroom.policies..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.strongroom.server..", "io.strongroom.api..")
                .check(house);
    }

    @Test
    void theApiKnowsTheEvidenceCoreAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.strongroom.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.strongroom.server..", "io.strongroom.policies..")
                .check(house);
    }

    @Test
    void noSliceKnowsTheProcessThatStartsIt() {
        noClasses()
                .that()
                .resideInAPackage("io.strongroom.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.strongroom.server")
                .check(house);
    }

    @Test
    void theTenantIsSetInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.strongroom.server.database..")
                .should()
                .callMethod(java.sql.DriverManager.class, "getConnection", String.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("com.zaxxer.hikari..")
                .check(house);
    }
}
