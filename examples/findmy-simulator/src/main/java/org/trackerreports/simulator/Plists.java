package org.trackerreports.simulator;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.XMLPropertyListParser;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** XML property lists in and out. */
final class Plists {
    private Plists() {}

    /** The dictionary at the top, or empty if the bytes are no XML property list of this shape. */
    static Optional<NSDictionary> dictionary(byte[] xml) {
        try {
            DocumentBuilder builder = secureFactory().newDocumentBuilder();
            // The document type names an address that must not be loaded, and errors must not go to standard error.
            builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            builder.setErrorHandler(new DefaultHandler());
            return XMLPropertyListParser.parse(builder.parse(new ByteArrayInputStream(xml))) instanceof NSDictionary top
                    ? Optional.of(top)
                    : Optional.empty();
        } catch (Exception e) { // the parser declares five kinds of exception and throws others; all mean the same here
            return Optional.empty();
        }
    }

    private static DocumentBuilderFactory secureFactory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setExpandEntityReferences(false);
        factory.setIgnoringComments(true);
        return factory;
    }

    static Optional<NSDictionary> dictionary(NSDictionary parent, String key) {
        return parent.get(key) instanceof NSDictionary child ? Optional.of(child) : Optional.empty();
    }

    static Optional<String> string(NSDictionary parent, String key) {
        NSObject value = parent.get(key);
        return value instanceof NSString s ? Optional.of(s.getContent()) : Optional.empty();
    }

    static Optional<byte[]> data(NSDictionary parent, String key) {
        return parent.get(key) instanceof NSData d ? Optional.of(d.bytes()) : Optional.empty();
    }

    static byte[] print(NSDictionary top) {
        return top.toXMLPropertyList().getBytes(StandardCharsets.UTF_8);
    }

    /** Without XML declaration and document type, as the encrypted part of a login's answer often comes. */
    static byte[] printBare(NSDictionary top) {
        String xml = top.toXMLPropertyList();
        return xml.substring(xml.indexOf("<plist")).getBytes(StandardCharsets.UTF_8);
    }

    /** A dictionary of the given keys and values, in this order; values are Java objects. */
    static NSDictionary of(Object... keysAndValues) {
        NSDictionary result = new NSDictionary();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            result.put((String) keysAndValues[i], NSObject.fromJavaObject(keysAndValues[i + 1]));
        }
        return result;
    }
}
