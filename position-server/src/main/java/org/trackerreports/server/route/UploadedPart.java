package org.trackerreports.server.route;

import java.util.Objects;
import java.util.Optional;

/**
 * A part of a form. Its text form does not contain the content.
 *
 * @param name of the field
 * @param fileName as the browser says; never use it as a path
 * @param mediaType as the browser says
 */
public record UploadedPart(String name, Optional<String> fileName, Optional<String> mediaType, byte[] content) {

    public UploadedPart {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return "UploadedPart[" + content.length + " bytes]";
    }
}
