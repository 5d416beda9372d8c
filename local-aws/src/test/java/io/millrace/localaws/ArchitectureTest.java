package io.millrace.localaws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.millrace.localaws", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Kinesis is called with bytes and answers with bytes: it could be served by anything. */
    @ArchTest
    static final ArchRule kinesisKnowsNothingOfTheServerAroundIt = classes()
            .that()
            .resideInAPackage("io.millrace.localaws.kinesis")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.localaws.kinesis",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "software.amazon.eventstream");

    @ArchTest
    static final ArchRule localAwsStandsAlone = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.producer..",
                    "io.millrace.ingest..",
                    "io.millrace.aws..",
                    "io.millrace.pipeline..",
                    "io.millrace.consumer..",
                    "io.millrace.dashboard..");

    /** The server runs without JUnit and the AWS SDK on its classpath. */
    @ArchTest
    static final ArchRule onlyTheExtensionNeedsTestLibraries = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.localaws.junit")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.junit..", "software.amazon.awssdk.services.kinesis..", "io.millrace.localaws.junit");
}
