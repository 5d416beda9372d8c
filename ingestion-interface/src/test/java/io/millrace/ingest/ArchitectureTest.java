package io.millrace.ingest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.millrace.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Kinesis is the producer's business. */
    @ArchTest
    static final ArchRule standsOnTheProducerAndTheGround = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.millrace..", "software.amazon..")
                    .and(not(resideInAnyPackage(
                            "io.millrace.ingest..",
                            "io.millrace.producer..",
                            "io.millrace.service..",
                            "io.millrace.settings..",
                            "io.millrace.lake.."))));
}
