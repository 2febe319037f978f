package org.trackerreports.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A pom as it is written, without what Maven adds to it. */
record Pom(Element root) {

    static Pom parse(byte[] xml) throws IOException, SAXException, ParserConfigurationException {
        return new Pom(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement());
    }

    /** The text at a path such as {@code scm/url}, where each step is the first child of that name. */
    Optional<String> text(String path) {
        return at(path).map(element -> element.getTextContent().strip()).filter(text -> !text.isEmpty());
    }

    List<Dependency> dependencies(String path) {
        return at(path).map(element -> children(element).stream()
                        .map(dependency -> new Pom(dependency).dependency())
                        .toList())
                .orElse(List.of());
    }

    private Dependency dependency() {
        return new Dependency(
                text("groupId").orElse(""),
                text("artifactId").orElse(""),
                text("version").orElse(""),
                text("scope").orElse("compile"));
    }

    private Optional<Element> at(String path) {
        Element element = root;
        for (String step : path.split("/", -1)) {
            Optional<Element> next = children(element).stream()
                    .filter(child -> child.getTagName().equals(step))
                    .findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            element = next.get();
        }
        return Optional.of(element);
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    record Dependency(String group, String artifact, String version, String scope) {

        /** Whether whoever uses the library gets it. */
        boolean passedOn() {
            return scope.equals("compile") || scope.equals("runtime");
        }

        /** The beginning of its package URL, as a software bill of materials names it. */
        String packageUrl() {
            return "pkg:maven/" + group + "/" + artifact + "@" + version;
        }
    }
}
