package org.trackerreports.systemtests.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.PackageElement;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages in docs/api show what each library promises, so that a review sees every change of it. */
class ApiPagesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The published libraries with their folders. */
    static Set<Map.Entry<String, Path>> libraries() {
        return new TreeMap<>(Map.of(
                        "findmy-client", ROOT.resolve("findmy-client"),
                        "report-store", ROOT.resolve("report-store"),
                        "tracker-queue", ROOT.resolve("tracker-queue"),
                        "movement", ROOT.resolve("movement"),
                        "position-server", ROOT.resolve("position-server"),
                        "position-sinks", ROOT.resolve("position-sinks"),
                        "findmy-simulator", ROOT.resolve("examples/findmy-simulator")))
                .entrySet();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void thePageShowsThePublicTypes(Map.Entry<String, Path> library) throws IOException {
        String name = library.getKey();
        String page = name + "\n" + String.join("\n", ApiPage.of(publicPackages(library.getValue()))) + "\n";
        Path made = Files.createDirectories(Path.of("target/api")).resolve(name + ".txt");
        Files.writeString(made, page);
        Path shown = ROOT.resolve("docs/api").resolve(name + ".txt");
        assertThat(Files.exists(shown) ? Files.readString(shown) : "")
                .as(
                        "The public types of %s changed. If that is meant: cp system-tests/target/api/*.txt docs/api/",
                        name)
                .isEqualTo(page);
    }

    private static List<PackageElement> publicPackages(Path library) throws IOException {
        Path sources = library.resolve("src/main/java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(sources)) {
            List<Path> code = tree.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
            StringWriter messages = new StringWriter();
            JavacTask task = (JavacTask) compiler.getTask(
                    messages,
                    files,
                    null,
                    List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                    null,
                    files.getJavaFileObjectsFromPaths(code));
            // From the sources, because compilers before JDK 22 do not read @Nullable from classes.
            task.analyze();
            assertThat(messages.toString()).doesNotContain("error:");
            return packages(library, sources, code).stream()
                    .map(each -> task.getElements().getPackageElement(each))
                    .toList();
        }
    }

    /** The packages that the module exports, or all that have public types if it is no module. */
    private static Set<String> packages(Path library, Path sources, List<Path> code) throws IOException {
        Path module = library.resolve("target/classes/module-info.class");
        if (Files.exists(module)) {
            return ModuleDescriptor.read(ByteBuffer.wrap(Files.readAllBytes(module))).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        }
        return code.stream()
                .map(file -> sources.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
                .collect(Collectors.toSet());
    }
}
