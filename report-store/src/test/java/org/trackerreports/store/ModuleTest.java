package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.TestDatabase;

/** The library as a module of its own, which hides what only its packages share. */
class ModuleTest {

    private static final String NAME = "org.trackerreports.store";
    private static final Pattern LIBRARIES =
            Pattern.compile("(report-store.classes|(flyway|postgresql|jackson|slf4j-api)[^/]*\\.jar)$");

    @Test
    void exportsNoInternalPackage() {
        ModuleDescriptor module = descriptor();

        assertThat(module.exports())
                .isNotEmpty()
                .allMatch(export -> !export.isQualified() && !export.source().contains(".internal"));
        assertThat(module.opens()).isEmpty();
        Set<String> exported = Set.copyOf(
                module.exports().stream().map(ModuleDescriptor.Exports::source).toList());
        assertThat(module.packages())
                .filteredOn(name -> !exported.contains(name))
                .allMatch(name -> name.contains(".internal.") || isOfResources(name));
    }

    @Test
    void migratesADatabaseFromTheModulePath() throws Exception {
        ModuleLayer layer = layer();
        Class<?> schema = layer.findLoader(NAME).loadClass(Schema.class.getName());
        assertThat(schema.getModule().getName()).isEqualTo(NAME);

        try (TestDatabase database = ServerKind.PLAIN.newDatabase()) {
            Object result = schema.getMethod("migrate", DataSource.class).invoke(null, database.dataSource());

            assertThat(result)
                    .hasToString(
                            Schema.migrate(database.dataSource()).toString().replace("applied=0", "applied=12"));
        }
    }

    private static boolean isOfResources(String packageName) {
        return packageName.endsWith(".migration") || packageName.endsWith(".definitions");
    }

    private static ModuleDescriptor descriptor() {
        return finder().find(NAME).orElseThrow().descriptor();
    }

    private static ModuleLayer layer() {
        Configuration configuration =
                ModuleLayer.boot().configuration().resolveAndBind(finder(), ModuleFinder.of(), Set.of(NAME));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(
                        configuration, ModuleTest.class.getClassLoader().getParent());
    }

    private static ModuleFinder finder() {
        List<Path> paths = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> LIBRARIES.matcher(entry.replace("target/", "")).find())
                .map(Path::of)
                .toList();
        return ModuleFinder.of(paths.toArray(Path[]::new));
    }
}
