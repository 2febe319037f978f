package org.trackerreports.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trackerreports.systemtests.documents.ProjectFiles;

/** The Markdown files of the project: their links, the classes they name, and the length of the first one. */
class DocumentsTest {

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)[.`]");
    private static final int MAX_README_LINES = 200;

    @TestFactory
    Stream<DynamicTest> everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
        List<Path> documents = ProjectFiles.endingWith(".md");
        assertThat(documents).hasSizeGreaterThan(15);
        return documents.stream()
                .map(document -> DynamicTest.dynamicTest(
                        ProjectFiles.ROOT.relativize(document).toString(),
                        () -> assertThat(brokenLinks(document)).isEmpty()));
    }

    @Test
    void everyClassThatTheArchitectureNamesExists() throws IOException {
        Set<String> classes = ProjectFiles.endingWith(".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        Set<String> named = CLASS.matcher(prose(ProjectFiles.ROOT.resolve("ARCHITECTURE.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(40);
        assertThat(classes).containsAll(named);
    }

    @Test
    void theFirstDocumentIsReadInOneGo() throws IOException {
        assertThat(Files.readAllLines(ProjectFiles.ROOT.resolve("README.md")))
                .hasSizeLessThanOrEqualTo(MAX_README_LINES);
    }

    private static List<String> brokenLinks(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        Matcher links = LINK.matcher(prose(document));
        while (links.find()) {
            URI link = URI.create(links.group(1));
            if (!link.isAbsolute() && !leadsSomewhere(document, link)) {
                broken.add(links.group(1));
            }
        }
        return broken;
    }

    private static boolean leadsSomewhere(Path document, URI link) throws IOException {
        Path target = link.getPath().isEmpty() ? document : document.resolveSibling(link.getPath());
        if (!Files.exists(target)) {
            return false;
        }
        return link.getFragment() == null || anchors(target).contains(link.getFragment());
    }

    /** The anchors that hosting sites make of a document's headings. */
    private static Set<String> anchors(Path document) throws IOException {
        return HEADING.matcher(prose(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String prose(Path document) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
    }
}
