package org.trackerreports.findmy.keyfile;

import java.util.regex.Pattern;
import org.trackerreports.findmy.key.AdvertisementKey;

/**
 * Detects the files that macless-haystack makes for the firmware: the binary key file and the YAML for ESPHome. They contain only public
 * keys, which cannot decrypt reports. They are detected so that the user gets a helpful message.
 */
final class PublicKeyFiles {

    private static final Pattern YAML =
            Pattern.compile("^\\s*keys:\\s*(#.*)?\\R\\s*-\\s*[\"']?[A-Za-z0-9+/_-]{38}==", Pattern.MULTILINE);

    private PublicKeyFiles() {}

    static boolean recognisesYaml(String text) {
        return YAML.matcher(text).find();
    }

    /** A byte with the number of keys, then exactly that many keys. */
    static boolean recognisesBinary(byte[] content) {
        return content.length > AdvertisementKey.BYTES
                && content.length == 1 + (content[0] & 0xFF) * AdvertisementKey.BYTES;
    }

    static void read(KeyFileFormat format, ParseResult result) {
        result.recognised(format);
        result.problem(
                ParseResult.WHOLE_FILE,
                "this file contains public keys only, for the tracker's firmware; they cannot decrypt reports. Use the .keys file or"
                        + " devices.json that was made together with it");
    }
}
