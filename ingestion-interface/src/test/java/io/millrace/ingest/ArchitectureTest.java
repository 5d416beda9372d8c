package io.millrace.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
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
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.millrace..", "software.amazon..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                            "io.millrace.ingest..",
                            "io.millrace.producer..",
                            "io.millrace.service..",
                            "io.millrace.settings..",
                            "io.millrace.lake.."))));
}
