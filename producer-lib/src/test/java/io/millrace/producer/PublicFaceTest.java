package io.millrace.producer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What users of the library see: no type of the internal package, and nothing there that they do not need. */
@AnalyzeClasses(packages = "io.millrace.producer", importOptions = ImportOption.DoNotIncludeTests.class)
class PublicFaceTest {

    private static final String FACE = "io.millrace.producer";
    private static final String INTERNAL = FACE + ".internal";

    @ArchTest
    static final ArchRule signaturesNameNoInternalType = codeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(FACE)
            .and()
            .areNotPrivate()
            .should(nameNoInternalType());

    @ArchTest
    static final ArchRule fieldsHoldNoInternalType = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage(FACE)
            .should()
            .haveRawType(are(not(resideInAPackage(INTERNAL))));

    @ArchTest
    static final ArchRule superclassesAreNotInternal =
            classes().that().resideInAPackage(FACE).should().notBeAssignableTo(resideInAPackage(INTERNAL));

    @ArchTest
    static final ArchRule whatUsersCannotSeeIsNotInThePublicPackage = classes()
            .that()
            .resideInAPackage(FACE)
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .bePublic();

    private static ArchCondition<JavaCodeUnit> nameNoInternalType() {
        return new ArchCondition<>("name no internal type") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                for (JavaClass type : unit.getAllInvolvedRawTypes()) {
                    if (type.getPackageName().startsWith(INTERNAL)) {
                        events.add(
                                SimpleConditionEvent.violated(unit, unit.getFullName() + " names " + type.getName()));
                    }
                }
            }
        };
    }
}
