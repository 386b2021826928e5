package io.strongroom.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.strongroom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("io.strongroom.agent.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theAgentKnowsNeitherServerNorPolicies = noClasses()
            .that()
            .resideInAPackage("io.strongroom.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.strongroom.server..", "io.strongroom.policies..", "io.strongroom.installer..");

    @ArchTest
    static final ArchRule nobodyKnowsTheAgent = noClasses()
            .that()
            .resideOutsideOfPackage("io.strongroom.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.strongroom.agent..");

    /** What is collected and what is sent meet in the queue, and nowhere else. */
    @ArchTest
    static final ArchRule theQueueKnowsNeitherSide = noClasses()
            .that()
            .resideInAPackage("io.strongroom.agent.queue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.strongroom.agent.collect..",
                    "io.strongroom.agent.send..",
                    "io.strongroom.agent.identity..",
                    "java.net.http..");

    /** What is special to a machine is behind the collectors' port. */
    @ArchTest
    static final ArchRule onlyCollectorsLookAtTheMachine = noClasses()
            .that()
            .resideInAPackage("io.strongroom.agent..")
            .and()
            .resideOutsideOfPackage("io.strongroom.agent.collect..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("oshi..");
}
