package org.trackerreports.findmy.keyfile;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Detects the format of a file from its content, and calls the reader for it. Stateless and thread-safe. */
final class FormatDetector {

    private static final String KNOWN_FORMATS = Arrays.stream(KeyFileFormat.values())
            .filter(KeyFileFormat::holdsPrivateKeys)
            .map(KeyFileFormat::title)
            .collect(Collectors.joining(", "));

    private FormatDetector() {}

    static ParseResult read(Source source, ReadOptions options) {
        ParseResult result = new ParseResult(source.name());
        if (source.content().length > Source.MAX_BYTES) {
            result.problem(
                    ParseResult.WHOLE_FILE,
                    "the file has more than " + Source.MAX_BYTES + " bytes; split it into smaller files");
            return result;
        }
        dispatch(source, options, result);
        if (result.found.isEmpty() && result.problems.isEmpty() && result.format() == KeyFileFormat.UNKNOWN) {
            result.problem(
                    ParseResult.WHOLE_FILE, "this is no key file of a known format; expected one of: " + KNOWN_FORMATS);
        }
        return result;
    }

    private static void dispatch(Source source, ReadOptions options, ParseResult result) {
        if (ZipReader.recognises(source)) {
            ZipReader.read(source, options.lock(), entry -> read(entry, options), result);
        } else if (PropertyListReader.recognisesBinary(source)) {
            PropertyListReader.readBinary(source.content(), options, result);
        } else if (MacKeyCacheReader.recognises(source)) {
            MacKeyCacheReader.read(source.content(), result);
        } else {
            Optional<String> text = source.text();
            if (text.isPresent()) {
                readText(text.get(), options, result);
            } else if (PublicKeyFiles.recognisesBinary(source.content())) {
                PublicKeyFiles.read(KeyFileFormat.FIRMWARE_KEYS, result);
            }
        }
    }

    private static void readText(String text, ReadOptions options, ParseResult result) {
        if (PropertyListReader.recognisesXml(text)) {
            PropertyListReader.readXml(text, options, result);
        } else if (JsonReader.recognises(text)) {
            JsonReader.read(text, options.zone(), result);
        } else if (KeysTextReader.recognises(text)) {
            KeysTextReader.read(text, result);
        } else if (PublicKeyFiles.recognisesYaml(text)) {
            PublicKeyFiles.read(KeyFileFormat.FIRMWARE_YAML, result);
        } else if (KeyListReader.recognises(text)) {
            KeyListReader.read(text, result);
        }
    }
}
