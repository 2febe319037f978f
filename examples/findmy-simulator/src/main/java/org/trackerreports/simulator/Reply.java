package org.trackerreports.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One answer, whole. The body is not copied. */
record Reply(int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
    static final String PLIST = "text/x-xml-plist";
    static final String JSON = "application/json;charset=UTF-8";
    private static final String HTML = "text/html";

    static Reply json(int status, byte[] body) {
        return new Reply(status, JSON, Map.of(), body);
    }

    static Reply plist(byte[] body) {
        return new Reply(200, PLIST, Map.of(), body);
    }

    static Reply empty(int status) {
        return new Reply(status, null, Map.of(), new byte[0]);
    }

    /** A small page, as the edge in front of a service answers. */
    static Reply html(int status, String title) {
        String page = "<html>\r\n<head><title>" + status + ' ' + title + "</title></head>\r\n<body>\r\n<center><h1>"
                + status + ' ' + title + "</h1></center>\r\n<hr><center>Apple</center>\r\n</body>\r\n</html>\r\n";
        return new Reply(status, HTML, Map.of(), page.getBytes(StandardCharsets.US_ASCII));
    }

    Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, contentType, Map.copyOf(all), body);
    }

    Reply withBody(byte[] newBody) {
        return new Reply(status, contentType, headers, newBody);
    }
}
