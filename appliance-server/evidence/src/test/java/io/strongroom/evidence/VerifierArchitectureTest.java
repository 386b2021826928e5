package io.strongroom.evidence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class VerifierArchitectureTest {
    private static final JavaClasses EVIDENCE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.strongroom.evidence");

    @Test
    void theVerifierSharesNoCodeWithTheWriter() {
        noClasses()
                .that()
                .resideInAnyPackage("..pack.verify..", "..batch.verify..", "..cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..pack.write..", "..batch.write..")
                .check(EVIDENCE);
        noClasses()
                .that()
                .resideInAnyPackage("..pack.write..", "..batch.write..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..pack.verify..", "..batch.verify..")
                .check(EVIDENCE);
    }

    @Test
    void evidenceOpensNoConnection() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net..")
                .check(EVIDENCE);
    }

    @Test
    void evidenceNeedsThePlatformsBaseModuleAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.strongroom.evidence..",
                        "org.jspecify.annotations..",
                        "java.io..",
                        "java.lang..",
                        "java.math..",
                        "java.nio..",
                        "java.security..",
                        "java.text..",
                        "java.time..",
                        "java.util..",
                        "javax.security.auth.x500")
                .check(EVIDENCE);
    }
}
