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
 * Reads and writes the property lists of the sign-in services. Reading does not trust the sender: it does not load external entities
 * (the library forbids them), and treats a member of an unexpected type as absent instead of throwing an exception.
 */
public final class Plists {

    private Plists() {}

    /**
     * A dictionary as XML.
     *
     * @param members the members
     * @return the XML in UTF-8
     */
    public static byte[] write(Map<String, ?> members) {
        return NSObject.fromJavaObject(members).toXMLPropertyList().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a dictionary from XML, with or without an XML declaration and a DOCTYPE.
     *
     * @param xml the bytes
     * @return the dictionary; empty if the bytes are anything else
     */
    public static Optional<NSDictionary> readDictionary(byte[] xml) {
        try {
            DocumentBuilder builder = XMLPropertyListParser.getDocBuilder();
            // The default handler writes to standard error.
            builder.setErrorHandler(new DefaultHandler());
            return XMLPropertyListParser.parse(builder.parse(new ByteArrayInputStream(xml)))
                            instanceof NSDictionary found
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (Exception e) {
            // The parser also reports invalid input with many unchecked exceptions.
            return Optional.empty();
        }
    }

    /**
     * A member that is a dictionary.
     *
     * @param in the dictionary that contains it
     * @param member its name
     * @return the member; empty if it is missing or anything else
     */
    public static Optional<NSDictionary> dictionary(NSDictionary in, String member) {
        return in.get(member) instanceof NSDictionary found ? Optional.of(found) : Optional.empty();
    }

    /**
     * A member that is a string or a number, as a string.
     *
     * @param in the dictionary that contains it
     * @param member its name
     * @return the member; empty if it is missing or anything else
     */
    public static Optional<String> text(NSDictionary in, String member) {
        NSObject found = in.get(member);
        if (found instanceof com.dd.plist.NSString || found instanceof com.dd.plist.NSNumber) {
            return Optional.of(found.toString());
        }
        return Optional.empty();
    }

    /**
     * A member that is a whole number, or a string that contains one.
     *
     * @param in the dictionary that contains it
     * @param member its name
     * @return the member; empty if it is missing or anything else
     */
    public static OptionalLong number(NSDictionary in, String member) {
        Optional<String> text = text(in, member);
        try {
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get().strip())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * A member that is data.
     *
     * @param in the dictionary that contains it
     * @param member its name
     * @return the member; empty if it is missing or anything else
     */
    public static Optional<byte[]> data(NSDictionary in, String member) {
        return in.get(member) instanceof com.dd.plist.NSData found ? Optional.of(found.bytes()) : Optional.empty();
    }
}
