package io.millrace.lambda;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.millrace.lambda", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule standsOnThePipelineAlone = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.millrace..")
                    .and(not(resideInAnyPackage(
                            "io.millrace.lambda..",
                            "io.millrace.pipeline..",
                            "io.millrace.aws..",
                            "io.millrace.settings..",
                            "io.millrace.lake.."))));
}
