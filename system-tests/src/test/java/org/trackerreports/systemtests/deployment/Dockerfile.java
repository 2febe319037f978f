package org.trackerreports.systemtests.deployment;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a Dockerfile, as far as the project's uses the language, and says what building its image would do to a file system. */
final class Dockerfile {

    private final List<String[]> steps = new ArrayList<>();

    private Dockerfile() {}

    static Dockerfile read(Path file) throws IOException {
        Dockerfile read = new Dockerfile();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                read.steps.add(line.split(" ", 2));
            }
        }
        return read;
    }

    /**
     * The steps as a script for root, in which the base image is the file system that it runs in. What a stage makes is where it made it, so stages
     * must not use the same directories.
     *
     * @param context where the script finds the project
     */
    String build(String context) {
        StringBuilder script = new StringBuilder();
        for (String[] step : steps) {
            String rest = step[1].replaceFirst("^--from=\\S+ ", "");
            String source = step[1].startsWith("--from=") ? "" : context + "/";
            String[] words = rest.replaceFirst("^--chmod=\\S+ ", "").split(" ");
            String target = words[words.length - 1];
            switch (step[0]) {
                case "RUN" -> script.append(rest).append('\n');
                case "ADD" ->
                    script.append("mkdir -p ")
                            .append(target)
                            .append("; tar -xzf ")
                            .append(source + words[0])
                            .append(" --no-same-owner -C ")
                            .append(target)
                            .append('\n');
                case "COPY" -> {
                    script.append("mkdir -p ")
                            .append(
                                    target.endsWith("/")
                                            ? target
                                            : Path.of(target).getParent())
                            .append('\n');
                    for (int i = 0; i < words.length - 1; i++) {
                        String from = words[i].endsWith("/") ? words[i] + "." : words[i];
                        script.append("cp -r ")
                                .append(source + from)
                                .append(' ')
                                .append(target)
                                .append('\n');
                    }
                    if (rest.startsWith("--chmod=")) {
                        script.append("chmod ")
                                .append(rest, "--chmod=".length(), rest.indexOf(' '))
                                .append(' ')
                                .append(target)
                                .append('\n');
                    }
                }
                default -> {
                    // Nothing in the file system.
                }
            }
        }
        return script.toString();
    }

    Containers.Image image() {
        return new Containers.Image(
                last("USER"), last("ENV"), List.of(last("VOLUME").split(" ")));
    }

    List<String> entryPoint() throws IOException {
        return words(last("ENTRYPOINT"));
    }

    List<String> healthCheck() throws IOException {
        String check = last("HEALTHCHECK");
        return words(check.substring(check.indexOf("CMD ") + 4));
    }

    private String last(String instruction) {
        return steps.stream()
                .filter(step -> step[0].equals(instruction))
                .map(step -> step[1])
                .collect(Collectors.reducing((first, second) -> second))
                .orElseThrow();
    }

    private static List<String> words(String json) throws IOException {
        List<String> words = new ArrayList<>();
        new ObjectMapper().readTree(json).forEach(word -> words.add(word.asText()));
        return words;
    }
}
