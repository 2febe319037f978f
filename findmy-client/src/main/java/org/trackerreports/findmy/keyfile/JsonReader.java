package org.trackerreports.findmy.keyfile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Key files in JSON: one object or an array of them, each of FindMy.py's kinds or in the shape of macless-haystack's devices. */
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
            // The parser's own message would repeat a piece of the file.
            JsonLocation at = e.getLocation();
            result.problem(
                    at == null ? ParseResult.WHOLE_FILE : "line " + at.getLineNr() + ", column " + at.getColumnNr(),
                    "this looks like JSON but is not well-formed here; export the file again");
            return;
        }
        List<?> entries = root instanceof List<?> list ? list : List.of(root);
        for (int i = 0; i < entries.size(); i++) {
            Optional<Entry> entry = Entry.of(entries.get(i));
            String where = "entry " + (i + 1);
            if (entry.isPresent()) {
                readEntry(where, entry.get(), zone, result);
            } else {
                result.problem(where, "this is no JSON object; expected a tracker with its keys");
            }
        }
    }

    private static void readEntry(String number, Entry entry, ZoneId zone, ParseResult result) {
        String where =
                number + entry.label("name").map(name -> " (" + name + ")").orElse("");
        if (FindMyPyReader.recognises(entry)) {
            FindMyPyReader.read(where, entry, zone, result);
        } else if (DeviceListReader.recognises(entry)) {
            DeviceListReader.readJson(where, entry, result);
        } else {
            result.problem(
                    where,
                    "this JSON object is no tracker: expected a member \"privateKey\", or a \"type\" of FindMy.py (keypair,"
                            + " accessory, custom_rolling_key_accessory)");
        }
    }
}
