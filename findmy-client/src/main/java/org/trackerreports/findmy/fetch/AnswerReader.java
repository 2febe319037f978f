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

    /**
     * @param list the member with the reports
     * @param each gets each element of it
     */
    AnswerReader(String list, Consumer<JsonNode> each) {
        this.list = list;
        this.each = each;
    }

    /** Reads the next value up to its end. Returns its status code; empty if it has none. */
    String read(JsonParser parser) throws IOException {
        String code = "";
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return code;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (name.equals("statusCode")) {
                parser.nextToken();
                code = parser.<JsonNode>readValueAsTree().asText("");
            } else if (name.equals(list)) {
                readList(parser);
            } else {
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return code;
    }

    /** The same for the value of a member of the next object. */
    String readInside(String member, JsonParser parser) throws IOException {
        String code = "";
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return code;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (name.equals(member)) {
                code = read(parser);
            } else {
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return code;
    }

    private void readList(JsonParser parser) throws IOException {
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                each.accept(parser.readValueAsTree());
            }
        } else {
            parser.skipChildren();
        }
    }
}
