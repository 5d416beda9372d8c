package io.millrace.pipeline;

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

/** Which package may know which. Whoever takes something out of a rule here changes the design. */
@AnalyzeClasses(packages = "io.millrace.pipeline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.millrace.pipeline";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule recordsKnowNobody = onlyKnows("record");

    @ArchTest
    static final ArchRule parsingKnowsNobody = onlyKnows("parse");

    @ArchTest
    static final ArchRule sinksKnowNobody = onlyKnows("sink");

    @ArchTest
    static final ArchRule eventsKnowRecords = onlyKnows("event", "record");

    @ArchTest
    static final ArchRule buffersKnowWhatTheyHold = onlyKnows("buffer", "record", "event");

    @ArchTest
    static final ArchRule commitsKnowBatchesAndObjects = onlyKnows("commit", "record", "buffer", "sink", "event");

    @ArchTest
    static final ArchRule s3StaysInItsSink = noClasses()
            .that()
            .haveNameNotMatching(".*\\.S3ObjectSink(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule standsOnTheEdgesAndTheGround = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.millrace..")
                    .and(not(resideInAnyPackage(
                            ROOT + "..",
                            "io.millrace.aws..",
                            "io.millrace.service..",
                            "io.millrace.settings..",
                            "io.millrace.lake.."))));

    @ArchTest
    static final ArchRule noServerAndNoMetrics = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.net.httpserver..", "java.net.http..", "io.micrometer..", "ch.qos.logback..");

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
