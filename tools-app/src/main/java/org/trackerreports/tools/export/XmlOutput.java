package org.trackerreports.tools.export;

import java.io.IOException;
import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML element by element, and replaces characters that XML does not allow. */
final class XmlOutput {

    private final XMLStreamWriter xml;

    XmlOutput(Writer out) throws IOException {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Begins the document and its root element. */
    XmlOutput document(String root, String namespace) throws IOException {
        return attempt(() -> {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(namespace);
        });
    }

    XmlOutput namespace(String prefix, String namespace) throws IOException {
        return attempt(() -> xml.writeNamespace(prefix, namespace));
    }

    XmlOutput start(String element) throws IOException {
        return attempt(() -> xml.writeStartElement(element));
    }

    XmlOutput attribute(String name, String value) throws IOException {
        return attempt(() -> xml.writeAttribute(name, clean(value)));
    }

    XmlOutput element(String name, String text) throws IOException {
        return attempt(() -> {
            xml.writeStartElement(name);
            xml.writeCharacters(clean(text));
            xml.writeEndElement();
        });
    }

    /** Writes an element of another namespace, with its declared prefix. */
    XmlOutput element(String prefix, String namespace, String name, String text) throws IOException {
        return attempt(() -> {
            xml.writeStartElement(prefix, name, namespace);
            xml.writeCharacters(clean(text));
            xml.writeEndElement();
        });
    }

    XmlOutput end() throws IOException {
        return attempt(xml::writeEndElement);
    }

    XmlOutput newLine() throws IOException {
        return attempt(() -> xml.writeCharacters("\n"));
    }

    void endDocument() throws IOException {
        attempt(() -> {
            xml.writeEndDocument();
            xml.writeCharacters("\n");
            xml.flush();
        });
    }

    private interface Step {
        void run() throws XMLStreamException;
    }

    private XmlOutput attempt(Step step) throws IOException {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
        return this;
    }

    private static String clean(String text) {
        return text.codePoints()
                .map(point -> allowed(point) ? point : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether XML 1.0 allows a character. */
    private static boolean allowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || point >= 0x20 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000;
    }
}
