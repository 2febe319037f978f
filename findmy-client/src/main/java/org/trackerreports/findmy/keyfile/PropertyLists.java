package org.trackerreports.findmy.keyfile;

import com.dd.plist.BinaryPropertyListParser;
import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.XMLPropertyListParser;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Parses XML and binary property lists from untrusted sources. The library does not load external entities and limits the depth; this
 * class adds the checks that the library does not make. Stateless and thread-safe.
 */
final class PropertyLists {

    /** The maximum size of a property list in bytes. The parsed objects take a multiple of it. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** The maximum depth. Key files have at most ten levels. The library keeps the whole path of each element in memory. */
    private static final int MAX_DEPTH = 32;

    /** Declarations of entities. Apple's DOCTYPE refers to a file and contains no declarations. */
    private static final Pattern DECLARATIONS = Pattern.compile("<!DOCTYPE[^>]*\\[|<!ENTITY");

    private static final String DAMAGED = "this property list is damaged; export the file again";

    private PropertyLists() {}

    /** The root of an XML property list. */
    static Object xml(String text) throws UnusableEntryException {
        requireSize(text.length());
        if (DECLARATIONS.matcher(text).find()) {
            throw new UnusableEntryException(
                    "this property list declares entities, which normal files do not; it is not read. Export the file again");
        }
        try {
            DocumentBuilder builder = XMLPropertyListParser.getDocBuilder();
            // The default handler writes to standard error.
            builder.setErrorHandler(new DefaultHandler());
            // Parse characters, so that an encoding declared in the text has no effect.
            Document document = builder.parse(new InputSource(new StringReader(text)));
            prepare(document);
            return require(XMLPropertyListParser.parse(document));
        } catch (SAXParseException e) {
            throw new UnusableEntryException("this property list is not well-formed XML in line " + e.getLineNumber()
                    + "; export the file again");
        } catch (UnusableEntryException e) {
            throw e;
        } catch (Exception e) {
            // The library also reports damage with unchecked exceptions, and its messages may quote a part of the file.
            throw new UnusableEntryException(DAMAGED);
        }
    }

    /** The root of a binary property list. */
    static Object binary(byte[] content) throws UnusableEntryException {
        requireSize(content.length);
        BinaryPlistGuard.check(content);
        try {
            return require(BinaryPropertyListParser.parse(content));
        } catch (UnusableEntryException e) {
            throw e;
        } catch (Exception e) {
            throw new UnusableEntryException(DAMAGED);
        }
    }

    /**
     * Converts a value to the types of {@link Entry}. Converts only one level: in a binary property list many places can refer to the same
     * object, so that converting all levels could make a small file grow without limit.
     */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof NSString string) {
            return string.getContent();
        }
        if (value instanceof NSNumber number) {
            return number.toJavaObject();
        }
        if (value instanceof NSData data) {
            return data.bytes();
        }
        if (value instanceof NSDate date) {
            return date.getDate().toInstant();
        }
        if (value instanceof NSArray array) {
            return Arrays.asList(array.getArray());
        }
        if (value instanceof NSDictionary dictionary) {
            return dictionary.getHashMap();
        }
        return value;
    }

    private static void requireSize(int size) throws UnusableEntryException {
        if (size > MAX_BYTES) {
            throw new UnusableEntryException(
                    "the property list has " + size + " bytes; expected at most " + MAX_BYTES + ". Split it");
        }
    }

    private static NSObject require(NSObject root) throws UnusableEntryException {
        if (root == null) {
            throw new UnusableEntryException(DAMAGED);
        }
        return root;
    }

    /**
     * Checks every element. Invalid data, dates and numbers become strings, so that they affect only their own entry and not the whole
     * file. Does not use recursion, because the depth is not known yet.
     */
    private static void prepare(Document document) throws UnusableEntryException {
        int depth = 1;
        Node node = document.getDocumentElement();
        while (node != null) {
            if (isDamagedValue(node)) {
                node = document.renameNode(node, null, "string");
            }
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                if (depth > MAX_DEPTH) {
                    throw new UnusableEntryException("this property list nests more than " + MAX_DEPTH
                            + " levels, which key files do not; it is not read");
                }
            } else {
                while (node != null && node.getNextSibling() == null) {
                    node = node.getParentNode();
                    depth--;
                }
                node = node == null ? null : node.getNextSibling();
            }
        }
    }

    private static boolean isDamagedValue(Node node) {
        Node child = node.getFirstChild();
        boolean onlyText = child == null || child.getNodeType() == Node.TEXT_NODE && child.getNextSibling() == null;
        String text = child == null || !onlyText ? "" : child.getNodeValue();
        try {
            switch (node.getNodeName()) {
                case "data" -> Base64.getDecoder().decode(text.replaceAll("\\s", ""));
                case "date" -> Instant.parse(text);
                case "integer", "real" -> new NSNumber(text);
                default -> {
                    return false;
                }
            }
            return !onlyText;
        } catch (DateTimeException | IllegalArgumentException e) {
            return true;
        }
    }
}
