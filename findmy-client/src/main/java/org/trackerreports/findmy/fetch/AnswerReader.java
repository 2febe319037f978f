package org.trackerreports.findmy.fetch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Reads the object that has the status code and the reports, one element of the reports at a time, because a whole answer as a tree takes a
 * multiple of its size. One use.
 */
final class AnswerReader {

    private final String list;
    private final Consumer<JsonNode> each;
    private String code = "";

    /** Gets the name of a member, while the parser is at its value, and reads that up to its end. */
    private interface MemberReader {
        void read(String name) throws IOException;
    }

    /**
     * @param list the member with the reports
     * @param each gets each element of it
     */
    AnswerReader(String list, Consumer<JsonNode> each) {
        this.list = list;
        this.each = each;
    }

    /** Reads the value that the parser is at. Returns its status code; empty if it has none. */
    String read(JsonParser parser) throws IOException {
        code = "";
        forEachMember(parser, name -> {
            if (name.equals("statusCode")) {
                code = parser.<JsonNode>readValueAsTree().asText("");
            } else if (name.equals(list)) {
                readList(parser);
            } else {
                parser.skipChildren();
            }
        });
        return code;
    }

    /** The same for one member of the value that the parser is at. */
    String readInside(String member, JsonParser parser) throws IOException {
        code = "";
        forEachMember(parser, name -> {
            if (name.equals(member)) {
                read(parser);
            } else {
                parser.skipChildren();
            }
        });
        return code;
    }

    private static void forEachMember(JsonParser parser, MemberReader reader) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            reader.read(name);
        }
    }

    private void readList(JsonParser parser) throws IOException {
        if (parser.hasToken(JsonToken.START_ARRAY)) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                each.accept(parser.readValueAsTree());
            }
        } else {
            // The values of an object are read like those of a list.
            parser.<JsonNode>readValueAsTree().forEach(each);
        }
    }
}
