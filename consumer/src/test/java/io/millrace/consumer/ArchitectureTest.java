package io.millrace.consumer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import software.amazon.awssdk.annotations.SdkInternalApi;
import software.amazon.kinesis.annotations.KinesisClientInternalApi;

/** Which package may know which. Whoever takes something out of a rule here changes the design. */
@AnalyzeClasses(packages = "io.millrace.consumer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.millrace.consumer";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    /** Above it there is nothing, beside it the other processes. */
    @ArchTest
    static final ArchRule standsOnThePipelineTheEdgesAndTheGround = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.millrace..")
                    .and(not(resideInAnyPackage(
                            ROOT + "..",
                            "io.millrace.pipeline..",
                            "io.millrace.aws..",
                            "io.millrace.service..",
                            "io.millrace.settings..",
                            "io.millrace.lake.."))));

    @ArchTest
    static final ArchRule decodingKnowsNobody = onlyKnows("decode");

    @ArchTest
    static final ArchRule retentionKnowsNobody = onlyKnows("retention");

    @ArchTest
    static final ArchRule redriveKnowsNobody = onlyKnows("redrive");

    @ArchTest
    static final ArchRule statusKnowsNobody = onlyKnows("status");

    @ArchTest
    static final ArchRule kclIsKnownToItsAdaptersAndTheLeases = noClasses()
            .that()
            .resideOutsideOfPackages(in("kcl"), in("lease"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.kinesis..");

    @ArchTest
    static final ArchRule whatIsInternalToKclAndTheSdkIsUsedByItsAdaptersAlone = noClasses()
            .that()
            .resideOutsideOfPackages(in("kcl"), in("lease"))
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(KinesisClientInternalApi.class)
            .orShould()
            .dependOnClassesThat()
            .areAnnotatedWith(SdkInternalApi.class);

    @ArchTest
    static final ArchRule s3IsKnownToRedriveAndTheProcess = noClasses()
            .that()
            .resideInAnyPackage(in("decode"), in("config"), in("lease"), in("retention"), in("status"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.s3..");

    private static ArchRule onlyKnows(String name, String... others) {
        String[] known = Stream.concat(Stream.of(name), Stream.of(others))
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(known))));
    }

    private static String in(String name) {
        return ROOT + "." + name;
    }
}
