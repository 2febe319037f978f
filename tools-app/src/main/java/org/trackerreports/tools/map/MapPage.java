package org.trackerreports.tools.map;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.trackerreports.core.Sha256;

/**
 * The page around the data: a template that contains everything it needs. Its content security policy allows only its own two scripts, and
 * tiles from the server that was given, if any.
 */
final class MapPage {

    private static final String LEAFLET = "/META-INF/resources/webjars/leaflet/1.9.4/";
    private static final Pattern PART = Pattern.compile("@@([a-z-]+)@@");

    private final Optional<Tiles> tiles;

    MapPage(Optional<Tiles> tiles) {
        this.tiles = tiles;
    }

    /** Writes the data as JSON. */
    interface Data {
        void write(Writer out) throws IOException;
    }

    void write(Writer out, Data data) throws IOException {
        String template = text("page.html");
        Matcher part = PART.matcher(template);
        int end = 0;
        while (part.find()) {
            out.write(template, end, part.start() - end);
            if (part.group(1).equals("data")) {
                ScriptSafeWriter safe = new ScriptSafeWriter(out);
                data.write(safe);
                safe.flush();
            } else {
                out.write(part(part.group(1)));
            }
            end = part.end();
        }
        out.write(template, end, template.length() - end);
    }

    private String part(String name) throws IOException {
        return switch (name) {
            case "policy" -> policy();
            // Many tile servers refuse a page that does not say where it comes from. Its origin is enough for them.
            case "referrer" -> tiles.isPresent() ? "strict-origin-when-cross-origin" : "no-referrer";
            case "licences" ->
                "Leaflet:\n" + text(LEAFLET + "LICENSE") + "\nworld-atlas:\n" + text("world-atlas-LICENSE.txt");
            case "leaflet-style" -> text(LEAFLET + "dist/leaflet.css");
            case "style" -> text("map.css");
            case "world" -> unpacked("countries-50m.json.gz");
            case "leaflet" -> text(LEAFLET + "dist/leaflet.js");
            case "script" -> text("map.js");
            default -> throw new IllegalStateException("the template asks for " + name);
        };
    }

    private String policy() throws IOException {
        return "default-src 'none'; style-src 'unsafe-inline'; script-src " + hash(part("leaflet")) + " "
                + hash(part("script")) + "; img-src data:"
                + tiles.map(server -> " " + server.origin()).orElse("");
    }

    private static String hash(String script) {
        byte[] digest = Sha256.of(script.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String text(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String unpacked(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(open(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = MapPage.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the program is incomplete: " + name + " is missing");
        }
        return in;
    }
}
