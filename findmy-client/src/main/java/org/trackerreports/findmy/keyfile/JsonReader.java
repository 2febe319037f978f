package org.trackerreports.findmy.keyfile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.ZoneId;

/** Reads key files in JSON: one object or an array of objects, in the formats of FindMy.py and of macless-haystack's devices. */
final class JsonReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonReader() {}

    static boolean recognises(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    static void read(String text, ZoneId zone, ParseResult result) {
        Object root;
        try {
            root = MAPPER.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            // The parser's message would quote a part of the file.
            JsonLocation at = e.getLocation();
            result.problem(
                    at == null ? ParseResult.WHOLE_FILE : "line " + at.getLineNr() + ", column " + at.getColumnNr(),
                    "this looks like JSON, but is not well-formed here; export the file again");
            return;
        }
        result.eachEntry(root, "a JSON object", (where, entry) -> readEntry(where, entry, zone, result));
    }

    private static void readEntry(String where, Entry entry, ZoneId zone, ParseResult result) {
        if (FindMyPyReader.recognises(entry)) {
            FindMyPyReader.read(where, entry, zone, result);
        } else if (DeviceListReader.recognises(entry)) {
            DeviceListReader.readJson(where, entry, result);
        } else {
            result.problem(
                    where,
                    "this JSON object is not a tracker: expected a member \"privateKey\", or a \"type\" of FindMy.py (keypair,"
                            + " accessory, custom_rolling_key_accessory)");
        }
    }
}
