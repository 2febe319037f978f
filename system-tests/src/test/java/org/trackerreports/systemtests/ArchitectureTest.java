package org.trackerreports.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows of the design: what may know what. */
class ArchitectureTest {

    private static final String CLIENT = "org.trackerreports.findmy..";
    private static final String STORE = "org.trackerreports.store..";
    private static final String QUEUE = "org.trackerreports.queue..";
    private static final String CORE = "org.trackerreports.core..";
    private static final String FETCHER = "org.trackerreports.fetcher..";
    private static final String TOOLS = "org.trackerreports.tools..";
    private static final String SIMULATOR = "org.trackerreports.simulator..";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "org.trackerreports.findmy",
                    "org.trackerreports.store",
                    "org.trackerreports.queue",
                    "org.trackerreports.core",
                    "org.trackerreports.fetcher",
                    "org.trackerreports.tools",
                    "org.trackerreports.simulator",
                    "org.trackerreports.demo");

    @Test
    void allModulesAreLookedAt() {
        for (String root : Set.of("findmy", "store", "queue", "core", "fetcher", "tools", "simulator", "demo")) {
            org.assertj.core.api.Assertions.assertThat(
                            ALL.stream().filter(each -> each.getPackageName().startsWith("org.trackerreports." + root)))
                    .as(root)
                    .isNotEmpty();
        }
    }

    @Test
    void noLibraryKnowsAnotherOrAnApplication() {
        noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STORE, QUEUE, CORE, FETCHER, TOOLS, SIMULATOR)
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(STORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CLIENT, QUEUE, CORE, FETCHER, TOOLS, SIMULATOR)
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(QUEUE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CLIENT, STORE, CORE, FETCHER, TOOLS, SIMULATOR)
                .check(ALL);
    }

    @Test
    void noApplicationKnowsAnother() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FETCHER, TOOLS, SIMULATOR, "org.trackerreports.demo..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(FETCHER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TOOLS, SIMULATOR, "org.trackerreports.demo..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(TOOLS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FETCHER, SIMULATOR, "org.trackerreports.demo..")
                .check(ALL);
    }

    @Test
    void noLibraryKnowsGuice() {
        noClasses()
                .that()
                .resideInAnyPackage(CLIENT, STORE, QUEUE, SIMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                .check(ALL);
    }

    @Test
    void theClientKnowsNeitherDatabaseNorRedis() {
        noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.redisson..")
                .check(ALL);
    }

    @Test
    void simulatorAndClientShareNoCode() {
        noClasses()
                .that()
                .resideInAPackage(SIMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CLIENT, STORE, QUEUE, CORE, FETCHER, TOOLS)
                .check(ALL);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.trackerreports.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void theClientsInternalsAreItsOwn() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.trackerreports.findmy.internal..", "org.trackerreports.findmy.p224..")
                .check(ALL);
    }

    @Test
    void standardOutputIsForProgramsWithACommandLine() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void onlyMainClassesEndTheProgram() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(ALL);
    }

    @Test
    void nobodySleeps() {
        noClasses().should(callSleep()).check(ALL);
    }

    @Test
    void classesAreMadeForExtensionOrFinal() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .should(beFinalOrAbstractOrException())
                .check(ALL);
    }

    private static ArchCondition<JavaClass> callSleep() {
        return new ArchCondition<>("call Thread.sleep") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (JavaAccess<?> call : item.getMethodCallsFromSelf()) {
                    boolean sleeps = call.getTargetOwner().isEquivalentTo(Thread.class)
                            && call.getName().equals("sleep");
                    if (sleeps) {
                        events.add(SimpleConditionEvent.satisfied(call, call.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> beFinalOrAbstractOrException() {
        return new ArchCondition<>("be final, abstract, an enum, a package or an exception") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean fine = item.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                        || item.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
                        || item.isEnum()
                        || item.isAssignableTo(Throwable.class);
                events.add(new SimpleConditionEvent(item, fine, item.getName() + " is neither final nor abstract"));
            }
        };
    }
}
