package io.strongroom.policies;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.strongroom.policies", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("io.strongroom.policies.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule whatOthersCallStandsBelowEverything = noClasses()
            .that()
            .resideInAPackage("io.strongroom.policies")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.strongroom.policies.*..");

    @ArchTest
    static final ArchRule policiesHaveNoNetworkAndNoDatabase =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.sql..", "javax.sql..");

    /** An expression of a bundle is compiled by {@code SafePattern} alone. */
    @ArchTest
    static final ArchRule expressionsAreCompiledInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("SafePattern")
            .should()
            .callMethod(com.google.re2j.Pattern.class, "compile", String.class);
}
