package org.trackerreports.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.movement.OutlierFilter;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.server.PositionServer;
import org.trackerreports.sinks.Sink;
import org.trackerreports.store.ReportStore;

/** The rules of ARCHITECTURE.md: which module may know which, and what no code does. */
class ArchitectureTest {

    private static final String BASE = "org.trackerreports.";
    private static final String CLIENT = BASE + "findmy..";
    private static final String STORE = BASE + "store..";
    private static final String QUEUE = BASE + "queue..";
    private static final String MOVEMENT = BASE + "movement..";
    private static final String SERVER = BASE + "server..";
    private static final String SINKS = BASE + "sinks..";
    private static final String CORE = BASE + "core..";
    private static final String SIMULATOR = BASE + "simulator..";

    private static final Set<String> LIBRARIES = Set.of("findmy", "store", "queue", "movement", "sinks", "server");

    /** Each module, by the last part of its package, with all modules that it may know. Some are still to come. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("findmy", Set.of()),
            Map.entry("store", Set.of()),
            Map.entry("queue", Set.of()),
            Map.entry("movement", Set.of()),
            Map.entry("sinks", Set.of()),
            Map.entry("server", Set.of("store", "movement")),
            Map.entry("core", LIBRARIES),
            Map.entry("fetcher", with(LIBRARIES, "core")),
            Map.entry("tools", with(LIBRARIES, "core")),
            // Shares no code with the client, so that a mistake in one is not hidden by the same mistake in the other.
            Map.entry("simulator", Set.of()),
            Map.entry("demo", with(LIBRARIES, "core", "fetcher", "tools", "simulator")),
            Map.entry("testsupport", Set.of()));

    private static final Set<String> TO_COME = Set.of();

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(MAY_KNOW.keySet().stream().map(name -> BASE + name).toArray(String[]::new));

    private static Set<String> with(Set<String> modules, String... more) {
        Set<String> all = new TreeSet<>(modules);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    private static Set<String> modules() {
        return new TreeSet<>(MAY_KNOW.keySet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleIsChecked(String module) {
        boolean found = ALL.stream().anyMatch(each -> each.getPackageName().startsWith(BASE + module));
        assertThat(found || TO_COME.contains(module)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKnowsOnlyTheModulesThatItMayKnow(String module) {
        String[] others = modules().stream()
                .filter(other -> !other.equals(module) && !MAY_KNOW.get(module).contains(other))
                .map(other -> BASE + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(BASE + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(TO_COME.contains(module))
                .check(ALL);
    }

    @Test
    void noLibraryKnowsGuice() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        LIBRARIES.stream().map(library -> BASE + library + "..").toArray(String[]::new))
                .or()
                .resideInAPackage(SIMULATOR)
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
    void packagesHaveNoCycles() {
        slices().matching("org.trackerreports.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void internalPackagesAreUsedOnlyByTheirOwnModule() {
        for (String module : modules()) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(BASE + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(BASE + module + "..internal..")
                    .check(ALL);
        }
    }

    /** The build uses the class path, which does not check this. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                FindMyClient.class,
                ReportStore.class,
                TrackerQueue.class,
                OutlierFilter.class,
                PositionServer.class,
                Sink.class
            })
    void onlyExportedPackagesOfALibraryAreUsedByOthers(Class<?> publicApi) throws URISyntaxException {
        ModuleDescriptor library = descriptor(publicApi);
        Set<String> exported =
                library.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet());
        assertThat(exported).contains(publicApi.getPackageName());
        noClasses()
                .that()
                .resideOutsideOfPackage(library.name() + "..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of " + library.name() + " and not exported",
                        each -> each.getPackageName().startsWith(library.name())
                                && !exported.contains(each.getPackageName())))
                .check(ALL);
    }

    private static ModuleDescriptor descriptor(Class<?> publicApi) throws URISyntaxException {
        Path location = Path.of(
                publicApi.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(location).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .filter(descriptor -> !descriptor.isAutomatic())
                .orElseThrow(() -> new AssertionError(location + " has no module-info"));
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

    /** Waiting is passed in, so that tests need not wait. */
    @Test
    void nobodySleeps() {
        noClasses()
                .should(call(Thread.class, "sleep"))
                .orShould(call(LockSupport.class, "parkNanos"))
                .orShould(call(LockSupport.class, "parkUntil"))
                .check(ALL);
    }

    /** Time is passed in, too. A builder may default to the system's clock; commands pass it on. */
    @Test
    void librariesAndTheCoreAreGivenTheirClock() {
        noClasses()
                .that()
                .resideInAnyPackage(CLIENT, STORE, QUEUE, MOVEMENT, SERVER, SINKS, CORE)
                .and()
                .doNotHaveSimpleName("Builder")
                .should(call(Clock.class, "systemUTC"))
                .orShould(call(Clock.class, "systemDefaultZone"))
                .orShould(call(System.class, "currentTimeMillis"))
                .orShould()
                .callMethod(Instant.class, "now")
                .check(ALL);
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

    /** Whatever the parameters are. */
    private static ArchCondition<JavaClass> call(Class<?> owner, String method) {
        return new ArchCondition<>("call " + owner.getSimpleName() + "." + method) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (JavaAccess<?> call : item.getMethodCallsFromSelf()) {
                    if (call.getTargetOwner().isEquivalentTo(owner)
                            && call.getName().equals(method)) {
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
                boolean fine = item.getModifiers().contains(JavaModifier.FINAL)
                        || item.getModifiers().contains(JavaModifier.ABSTRACT)
                        || item.isEnum()
                        || item.isAssignableTo(Throwable.class);
                events.add(new SimpleConditionEvent(item, fine, item.getName() + " is neither final nor abstract"));
            }
        };
    }
}
