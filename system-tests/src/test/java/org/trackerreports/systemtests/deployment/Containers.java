package org.trackerreports.systemtests.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says, as a script for root, how an engine would run a service of a compose file: which files and volumes it mounts where, and as which user the
 * program runs. The script uses the file system that it runs in as the image.
 */
final class Containers {

    /** Where the script finds the directory of the compose file, and keeps volumes. */
    private final String directory;

    private final JsonNode file;
    private final Map<String, String> variables = new TreeMap<>();

    /**
     * What an image says about its containers.
     *
     * @param user the ids that they run with, {@code uid:gid}
     * @param environment {@code NAME=value} with spaces between
     * @param volumes directories that are volumes even if the compose file says nothing about them
     */
    record Image(String user, String environment, List<String> volumes) {}

    Containers(Path file, String directory) throws IOException {
        this.file = new YAMLMapper().readTree(Files.readString(file));
        this.directory = directory;
    }

    /** Sets a variable of the file {@code .env}. */
    void variable(String name, String value) {
        variables.put(name, value);
    }

    /** A field of a service, or of what it is merged from. */
    JsonNode field(String service, String name) {
        JsonNode own = file.at("/services/" + service);
        JsonNode merged = file.path("x-" + own.path("<<").asText());
        return own.has(name) ? own.get(name) : merged.path(name);
    }

    /** The ids that a service runs with: {@code uid:gid}. */
    String user(String service, String ofImage) {
        String user = field(service, "user").asText(ofImage);
        if (user.startsWith("${")) {
            String name = user.substring(2, user.indexOf(":-"));
            return variables.getOrDefault(name, user.substring(user.indexOf(":-") + 2, user.length() - 1));
        }
        return user;
    }

    /**
     * Runs a command in a new container.
     *
     * @param service whose mounts, user and environment it has
     * @param command in the words of a shell
     */
    String run(String service, Image image, String command) {
        List<String> lines = new ArrayList<>();
        for (JsonNode secret : field(service, "secrets")) {
            String source = file.at("/secrets/" + secret.asText() + "/file").asText();
            lines.add("secret " + directory + "/" + source + " /run/secrets/" + secret.asText());
        }
        for (JsonNode volume : field(service, "volumes")) {
            String[] parts = volume.asText().split(":");
            boolean ofHost = parts[0].startsWith(".");
            lines.add(
                    ofHost
                            ? "directory " + directory + "/" + parts[0] + " " + parts[1]
                            : "volume " + parts[0] + " " + parts[1]);
        }
        for (String volume : image.volumes()) {
            boolean mounted = lines.stream().anyMatch(line -> line.endsWith(" " + volume));
            if (!mounted) {
                lines.add("volume of-" + service + " " + volume);
            }
        }
        for (JsonNode tmpfs : field(service, "tmpfs")) {
            String[] parts = tmpfs.asText().split(":");
            lines.add("memory " + parts[0] + " " + (parts.length > 1 ? parts[1] : "mode=1777"));
        }
        if (field(service, "read_only").asBoolean()) {
            lines.add("mount -o remount,bind,ro $ROOT");
        }
        String[] ids = user(service, image.user()).split(":");
        lines.add("exec chroot $ROOT setpriv --reuid " + ids[0] + " --regid " + ids[1]
                + " --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all env -i -C "
                + field(service, "working_dir").asText("/") + " PATH=$PATH " + image.environment() + " "
                + environment(service)
                + " " + command);
        return "container <<'END'\n" + String.join("\n", lines) + "\nEND\n";
    }

    private String environment(String service) {
        Map<String, String> set = new TreeMap<>();
        JsonNode own = field(service, "environment");
        // The only one that others are merged with is that of the fetchers.
        for (JsonNode each : own.has("<<") ? List.of(file.at("/x-fetcher/environment"), own) : List.of(own)) {
            each.properties()
                    .forEach(one -> set.put(one.getKey(), one.getValue().asText()));
        }
        set.remove("<<");
        return set.entrySet().stream()
                .map(each -> each.getKey() + "='" + each.getValue() + "'")
                .collect(Collectors.joining(" "));
    }

    /** What the scripts of this class need before them. */
    static String functions() {
        return """
                # Runs what it reads in a new container: a copy of this file system that is gone when it ends.
                container() { cat > /tmp/container; unshare --mount --propagation private bash -euc "$FUNCTIONS$(cat /tmp/container)" 2>&1; }
                mkdir -p /space /volumes
                FUNCTIONS='
                mount -t tmpfs -o mode=0755 tmpfs /space
                mkdir /space/changes /space/work /space/root
                ROOT=/space/root
                mount -t overlay overlay -o lowerdir=/,upperdir=/space/changes,workdir=/space/work $ROOT
                mount -t proc proc $ROOT/proc
                mount --rbind /dev $ROOT/dev
                rm -rf $ROOT/run/secrets
                secret() { mkdir -p "$ROOT/run/secrets"; touch "$ROOT$2"; mount --bind "$1" "$ROOT$2"; mount -o remount,bind,ro "$ROOT$2"; }
                directory() { mkdir -p "$ROOT$2"; mount --bind "$1" "$ROOT$2"; }
                memory() { mkdir -p "$ROOT$1"; mount -t tmpfs -o "$2" tmpfs "$ROOT$1"; }
                # A new volume gets what the image has at its place, with owner and mode; if it has nothing, it belongs to root.
                volume() {
                    if [ ! -e "/volumes/$1" ]; then
                        if [ -e "$2" ]; then cp -a "$2" "/volumes/$1"; else mkdir "/volumes/$1"; fi
                    fi
                    directory "/volumes/$1" "$2"
                }
                '
                """;
    }
}
