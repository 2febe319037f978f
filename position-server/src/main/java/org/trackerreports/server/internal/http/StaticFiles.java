package org.trackerreports.server.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.trackerreports.server.route.Answer;

/** The files of the page, from the resources. They contain nothing of anybody, so everybody may have them. Thread-safe. */
public final class StaticFiles {

    /** No segment begins with a dot, so none leads out of the folder. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}");

    private static final String LEAFLET = "lib/leaflet/";

    private final Class<?> base;
    private final String folder;
    private final String policy;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    private record File(String type, byte[] plain, Optional<byte[]> gzip, String tag) {}

    /**
     * @param base the resources are beside this class
     * @param folder of the resources
     * @param imageSource an origin that the page may get pictures from, besides this server; empty for none
     */
    public StaticFiles(Class<?> base, String folder, String imageSource) {
        this.base = base;
        this.folder = folder;
        this.policy = "default-src 'self'; img-src 'self' data:" + (imageSource.isEmpty() ? "" : " " + imageSource)
                + "; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    /**
     * A file.
     *
     * @param name relative to the folder; empty for the page itself
     * @param gzip whether the client takes it compressed
     */
    public Optional<Answer> find(String name, boolean gzip) {
        String asked = name.isEmpty() || name.endsWith("/") ? name + "index.html" : name;
        if (!NAME.matcher(asked).matches()) {
            return Optional.empty();
        }
        Optional<File> file = Optional.ofNullable(files.get(asked)).or(() -> load(asked));
        // Only what there is, so that nobody fills the memory with names.
        file.ifPresent(each -> files.put(asked, each));
        return file.map(each -> answer(each, gzip)).or(() -> folder(asked));
    }

    /** A folder whose slash is missing, without which the links of its page lead elsewhere. Relative, so it holds behind any base path. */
    private Optional<Answer> folder(String name) {
        return load(name + "/index.html")
                .map(page -> Answer.empty(302).withHeader("Location", name.substring(name.lastIndexOf('/') + 1) + "/"));
    }

    private Answer answer(File file, boolean gzip) {
        boolean compressed = gzip && file.gzip().isPresent();
        Answer answer = Answer.bytes(200, file.type(), compressed ? file.gzip().get() : plain(file))
                .withHeader("Content-Security-Policy", policy)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("ETag", file.tag());
        return compressed
                ? answer.withHeader("Content-Encoding", "gzip").withHeader("Vary", "Accept-Encoding")
                : answer;
    }

    /** A large file is kept compressed only: nearly all clients take it so. */
    private static byte[] plain(File file) {
        if (file.plain().length > 0 || file.gzip().isEmpty()) {
            return file.plain();
        }
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(file.gzip().get()))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<File> load(String name) {
        return MediaTypes.of(name)
                .flatMap(type -> read(folder + "/" + name + ".gz")
                        .map(gzip -> new File(type, new byte[0], Optional.of(gzip), ETags.of(gzip)))
                        .or(() -> (name.startsWith(LEAFLET)
                                        ? leaflet(name.substring(LEAFLET.length()))
                                        : read(folder + "/" + name))
                                .map(plain -> file(type, plain))));
    }

    private static File file(String type, byte[] plain) {
        boolean compressible = !type.startsWith("image/png") && !type.startsWith("font/");
        return new File(
                type,
                compressible ? new byte[0] : plain,
                compressible ? Optional.of(AnswerWriter.gzip(plain)) : Optional.empty(),
                ETags.of(plain));
    }

    /** The library that draws the map, from the jar that brings it. */
    private Optional<byte[]> leaflet(String name) {
        Optional<byte[]> properties = readAnywhere("META-INF/maven/org.webjars.npm/leaflet/pom.properties");
        if (properties.isEmpty()) {
            return Optional.empty();
        }
        try {
            Properties read = new Properties();
            read.load(new ByteArrayInputStream(properties.get()));
            return readAnywhere("META-INF/resources/webjars/leaflet/" + read.getProperty("version") + "/dist/" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> read(String resource) {
        return read(base.getResourceAsStream(resource));
    }

    private Optional<byte[]> readAnywhere(String resource) {
        return read(base.getClassLoader().getResourceAsStream(resource));
    }

    private static Optional<byte[]> read(@Nullable InputStream stream) {
        try (InputStream in = stream) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
