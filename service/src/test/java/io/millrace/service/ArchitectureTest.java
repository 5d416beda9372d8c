package io.millrace.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.millrace.service", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.millrace.service.(*)..").should().beFreeOfCycles();

    /** Not AWS, not Jetty, not Micrometer: the smallest process takes it whole. */
    @ArchTest
    static final ArchRule knowsSettingsAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.service..",
                    "io.millrace.settings..",
                    "java..",
                    "com.sun.net.httpserver..",
                    "com.fasterxml.jackson.core..",
                    "org.slf4j..",
                    "ch.qos.logback..");
}
