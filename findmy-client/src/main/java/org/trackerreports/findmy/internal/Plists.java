package org.trackerreports.findmy.internal;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import com.dd.plist.XMLPropertyListParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilder;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Property lists as the sign-in services speak them. Reading never trusts the sender: external entities are not loaded (the
 * library forbids them), and whatever is not of the expected shape is absent rather than an exception.
 */
public final class Plists {

    private Plists() {}

    /** The XML text of a dictionary, as UTF-8. */
    public static byte[] write(Map<String, ?> members) {
        return NSObject.fromJavaObject(members).toXMLPropertyList().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a dictionary from XML, with or without an XML declaration and a DOCTYPE.
     *
     * @return empty if the bytes are anything else
     */
    public static Optional<NSDictionary> readDictionary(byte[] xml) {
        try {
            DocumentBuilder builder = XMLPropertyListParser.getDocBuilder();
            // The default one writes to the error stream.
            builder.setErrorHandler(new DefaultHandler());
            return XMLPropertyListParser.parse(builder.parse(new ByteArrayInputStream(xml)))
                            instanceof NSDictionary found
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (Exception e) {
            // The parser reports broken input by many unchecked exceptions, too.
            return Optional.empty();
        }
    }

    /** A member that is a dictionary. */
    public static Optional<NSDictionary> dictionary(NSDictionary in, String member) {
        return in.get(member) instanceof NSDictionary found ? Optional.of(found) : Optional.empty();
    }

    /** A member that is a text or a number, as text. */
    public static Optional<String> text(NSDictionary in, String member) {
        NSObject found = in.get(member);
        if (found instanceof com.dd.plist.NSString || found instanceof com.dd.plist.NSNumber) {
            return Optional.of(found.toString());
        }
        return Optional.empty();
    }

    /** A member that is a whole number, or a text that holds one. */
    public static OptionalLong number(NSDictionary in, String member) {
        Optional<String> text = text(in, member);
        try {
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get().strip())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A member that is data. */
    public static Optional<byte[]> data(NSDictionary in, String member) {
        return in.get(member) instanceof com.dd.plist.NSData found ? Optional.of(found.bytes()) : Optional.empty();
    }
}
