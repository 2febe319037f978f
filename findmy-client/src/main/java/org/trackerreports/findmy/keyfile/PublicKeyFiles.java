package org.trackerreports.findmy.keyfile;

import java.util.regex.Pattern;
import org.trackerreports.findmy.key.AdvertisementKey;

/**
 * What macless-haystack makes for the tracker itself: the binary key file and the YAML for ESPHome. They hold the advertised keys,
 * and nobody can decrypt with those; they are recognised so that their owner is told.
 */
final class PublicKeyFiles {

    private static final Pattern YAML =
            Pattern.compile("^\\s*keys:\\s*(#.*)?\\R\\s*-\\s*[\"']?[A-Za-z0-9+/]{38}==", Pattern.MULTILINE);

    private PublicKeyFiles() {}

    static boolean recognisesYaml(String text) {
        return YAML.matcher(text).find();
    }

    /** One count byte and as many keys, to the byte. */
    static boolean recognisesBinary(byte[] content) {
        return content.length > AdvertisementKey.BYTES
                && content.length == 1 + (content[0] & 0xFF) * AdvertisementKey.BYTES;
    }

    static void read(KeyFileFormat format, ParseResult result) {
        result.recognised(format);
        result.problem(
                ParseResult.WHOLE_FILE,
                "this file holds public keys only, for the tracker's firmware; it cannot decrypt reports. Give the .keys file or"
                        + " devices.json that was made together with it");
    }
}
