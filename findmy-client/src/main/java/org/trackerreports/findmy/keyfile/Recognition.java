package org.trackerreports.findmy.keyfile;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out by its content what a file is, and has it read. Stateless and thread-safe. */
final class Recognition {

    private static final String UNDERSTOOD = Arrays.stream(KeyFileFormat.values())
            .filter(KeyFileFormat::holdsPrivateKeys)
            .map(KeyFileFormat::title)
            .collect(Collectors.joining(", "));

    private Recognition() {}

    static Reading read(Source source, Given given) {
        Reading reading = new Reading(source.name());
        if (source.content().length > KeyFiles.MAX_BYTES) {
            reading.problem(
                    Reading.WHOLE_FILE,
                    "the file has more than " + KeyFiles.MAX_BYTES + " bytes; split it into smaller ones");
            return reading;
        }
        dispatch(source, given, reading);
        if (reading.found.isEmpty() && reading.problems.isEmpty() && reading.format() == KeyFileFormat.UNKNOWN) {
            reading.problem(
                    Reading.WHOLE_FILE, "this is no key file that is understood; expected one of: " + UNDERSTOOD);
        }
        return reading;
    }

    private static void dispatch(Source source, Given given, Reading reading) {
        if (ZipReader.recognises(source)) {
            ZipReader.read(source, given, reading);
        } else if (PropertyListReader.recognisesBinary(source)) {
            PropertyListReader.readBinary(source.content(), given, reading);
        } else if (MacKeyCacheReader.recognises(source)) {
            MacKeyCacheReader.read(source.content(), reading);
        } else {
            Optional<String> text = source.text();
            if (text.isPresent()) {
                readText(text.get(), given, reading);
            } else if (PublicKeyFiles.recognisesBinary(source.content())) {
                PublicKeyFiles.read(KeyFileFormat.FIRMWARE_KEYS, reading);
            }
        }
    }

    private static void readText(String text, Given given, Reading reading) {
        if (PropertyListReader.recognisesXml(text)) {
            PropertyListReader.readXml(text, given, reading);
        } else if (JsonReader.recognises(text)) {
            JsonReader.read(text, given.zone(), reading);
        } else if (KeysTextReader.recognises(text)) {
            KeysTextReader.read(text, reading);
        } else if (PublicKeyFiles.recognisesYaml(text)) {
            PublicKeyFiles.read(KeyFileFormat.FIRMWARE_YAML, reading);
        } else if (KeyListReader.recognises(text)) {
            KeyListReader.read(text, reading);
        }
    }
}
