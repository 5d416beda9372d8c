package io.millrace.aws;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.millrace.aws", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsTheSdkAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.millrace.aws", "java..", "software.amazon..");

    /** Each process brings the clients that it needs. */
    @ArchTest
    static final ArchRule noServiceIsNeeded = noClasses()
            .that()
            .doNotHaveSimpleName("AwsAccess")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services..");

    @ArchTest
    static final ArchRule ofS3OnlyTheSwitchThatItsBuildersHave = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("software.amazon.awssdk.services..").and(not(simpleName("S3BaseClientBuilder"))));
}
