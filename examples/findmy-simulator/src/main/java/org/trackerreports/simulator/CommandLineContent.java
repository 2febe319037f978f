package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.trackerreports.simulator.world.GeneratedTag;
import org.trackerreports.simulator.world.World;

/** Accounts, faults and tags that are given on the command line. */
final class CommandLineContent {
    private CommandLineContent() {}

    static Scenario scenario(List<String> accounts, List<String> faults) {
        return new Scenario(
                accounts.stream().map(CommandLineContent::account).toList(),
                List.of(),
                faults.stream().map(CommandLineContent::fault).toList());
    }

    private static Scenario.AccountJson account(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException(
                    "An account is given as APPLE_ID:PASSWORD or APPLE_ID:PASSWORD:SMS; use a scenario file if the password"
                            + " has a colon.");
        }
        ObjectNode json = Json.object().put("appleId", parts[0]).put("password", parts[1]);
        if (parts.length == 3) {
            json.put("secondFactor", parts[2].toUpperCase(Locale.ROOT));
        }
        return Scenario.read(Json.bytes(json), Scenario.AccountJson.class);
    }

    private static Scenario.FaultJson fault(String text) {
        String[] parts = text.split(":");
        ObjectNode json = Json.object();
        for (int i = 0; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            if (i < 2 ? pair.length != 1 : pair.length != 2) {
                throw new IllegalArgumentException(
                        "A fault is given as SERVICE:KIND:NAME=VALUE, for example GATEWAY:UNAVAILABLE:times=3; found '"
                                + text + "'.");
            }
            if (i < 2) {
                json.put(i == 0 ? "service" : "kind", pair[0].toUpperCase(Locale.ROOT));
            } else {
                json.put(pair[0], pair[1]);
            }
        }
        return Scenario.read(Json.bytes(json), Scenario.FaultJson.class);
    }

    /** Adds made-up tags to the world and writes their private keys, so that a client can import them. */
    static void makeTags(World world, long seed, int count, Path file) {
        ArrayNode devices = Json.MAPPER.createArrayNode();
        List<GeneratedTag> tags = GeneratedTag.make(seed, count);
        for (int i = 0; i < tags.size(); i++) {
            GeneratedTag tag = tags.get(i);
            world.addTag(tag.spec());
            ObjectNode device = devices.addObject()
                    .put("id", i + 1)
                    .put("name", tag.spec().name())
                    .put("privateKey", Base64.getEncoder().encodeToString(tag.privateKey()))
                    .put("icon", "")
                    .put("isActive", true);
            device.putArray("colorComponents").add(0).add(1).add(0).add(1);
            device.putArray("additionalKeys");
        }
        AuthorityFiles.writePrivate(file, devices.toPrettyString() + "\n");
    }
}
