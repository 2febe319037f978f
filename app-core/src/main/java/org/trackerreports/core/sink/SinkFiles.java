package org.trackerreports.core.sink;

import java.io.IOException;
import java.io.StringReader;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.findmy.file.TextFiles;

/**
 * The directory with one file for each sink. A file that is wrong is named, and the others are used. Immutable and thread-safe.
 *
 * @param directory where the files are; it need not exist
 * @param proxies how sinks by HTTP are reached; empty for the way that Java is configured for
 */
public record SinkFiles(Path directory, Optional<ProxySelector> proxies) {

    /**
     * What the directory has.
     *
     * @param sinks the sinks, by name
     * @param problems what is wrong, by the name of the sink; each a sentence without its full stop
     */
    public record Found(Map<String, SinkFile> sinks, Map<String, List<String>> problems) {

        public Found {
            sinks = new TreeMap<>(sinks);
            problems = new TreeMap<>(problems);
        }
    }

    /**
     * Reads all files.
     *
     * @throws IOException if the directory cannot be read
     */
    public Found read() throws IOException {
        Map<String, SinkFile> sinks = new TreeMap<>();
        Map<String, List<String>> problems = new TreeMap<>();
        for (Path file : list()) {
            String name = nameOf(file);
            try {
                sinks.put(name, read(name, file));
            } catch (SinkFileException e) {
                problems.put(name, e.problems());
            }
        }
        return new Found(sinks, problems);
    }

    /** The files of sinks, by name. */
    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SinkFile.ENDING))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SinkFile.ENDING.length());
    }

    /** The file of a sink, whether it exists or not. */
    public Path file(String name) {
        return directory.resolve(name + SinkFile.ENDING);
    }

    /**
     * Reads the file of one sink.
     *
     * @throws SinkFileException if it is not there or something in it is wrong
     */
    public SinkFile read(String name) throws SinkFileException {
        return read(name, file(name));
    }

    private SinkFile read(String name, Path file) throws SinkFileException {
        if (!SinkFile.NAME.matcher(name).matches()) {
            throw new SinkFileException(List.of(
                    "the name of a sink has up to 50 letters, digits, _ and -, and begins with none of the last two"));
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFiles.read(file)));
        } catch (IOException e) {
            throw new SinkFileException(List.of("it cannot be read: " + FileProblems.reason(e)));
        } catch (IllegalArgumentException e) {
            throw new SinkFileException(List.of("a \\u is not followed by four digits"));
        }
        Map<String, String> lines = new TreeMap<>();
        properties.stringPropertyNames().forEach(each -> lines.put(each, properties.getProperty(each)));
        return parse(name, lines);
    }

    /**
     * Reads the lines of a file.
     *
     * @throws SinkFileException with everything that is wrong
     */
    public SinkFile parse(String name, Map<String, String> lines) throws SinkFileException {
        return new SinkFileParser(name, lines, directory, proxies).parse();
    }

    /** Changes whenever a file is added, removed or changed; secrets that are changed in place show by the time of their own file. */
    public String fingerprint() throws IOException {
        List<String> parts = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                parts.add(file.getFileName() + ":" + Files.size(file) + ":" + Files.getLastModifiedTime(file));
            }
        } catch (NoSuchFileException e) {
            // The directory, or a file that was removed while this looked: it changes again.
        }
        return String.join("/", parts);
    }
}
