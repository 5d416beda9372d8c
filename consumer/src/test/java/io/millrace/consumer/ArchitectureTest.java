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

/** Who may know whom. What is taken out of a rule here is a design change. */
@AnalyzeClasses(packages = "io.millrace.consumer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.millrace.consumer";

    /** The classes of {@code shard} that are adapters to KCL. */
    private static final String ADAPTERS =
            ".*\\.shard\\.(Kcl.*|FanOutReads|LinkedPublisher|Polling|ReadPace|ShardProcessors?|ShardRead(er)?|UnservedShard|WholeRead)"
                    + "(\\$.*)?";

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule whatCameFromKinesisKnowsNobody = onlyKnows("record");

    @ArchTest
    static final ArchRule answersKnowWhatTheyHold = onlyKnows("answer", "record");

    @ArchTest
    static final ArchRule parsingKnowsNobody = onlyKnows("parse");

    @ArchTest
    static final ArchRule partitioningKnowsNobody = onlyKnows("partition");

    @ArchTest
    static final ArchRule sinksKnowNobody = onlyKnows("sink");

    @ArchTest
    static final ArchRule buffersKnowWhatTheyHold = onlyKnows("buffer", "record", "partition", "status");

    @ArchTest
    static final ArchRule commitsKnowBatchesAndObjects =
            onlyKnows("commit", "record", "partition", "buffer", "sink", "status");

    @ArchTest
    static final ArchRule kclStaysAtTheEdge = noClasses()
            .that()
            .resideInAnyPackage(
                    in("record"),
                    in("parse"),
                    in("partition"),
                    in("buffer"),
                    in("commit"),
                    in("sink"),
                    in("status"),
                    in("retention"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.kinesis..", "software.amazon.awssdk.services.kinesis..");

    @ArchTest
    static final ArchRule thePipelineIsNoKclCode = noClasses()
            .that()
            .resideInAPackage(in("shard"))
            .and()
            .haveNameNotMatching(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule s3StaysInItsSink = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*..")
            .and()
            .haveNameNotMatching(".*\\.S3ObjectSink(\\$.*)?")
            .and()
            .resideOutsideOfPackages(in("redrive"))
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
