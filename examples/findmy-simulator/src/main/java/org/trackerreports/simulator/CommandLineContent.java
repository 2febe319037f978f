package org.trackerreports.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
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
        AuthorityFiles.writePrivate(file, "");
        try (Writer out = Files.newBufferedWriter(file);
                JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            AtomicInteger id = new AtomicInteger();
            GeneratedTag.stream(seed, count).forEachOrdered(tag -> {
                world.addTag(tag.spec());
                write(json, id.incrementAndGet(), tag);
            });
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be written.", e);
        }
    }

    private static void write(JsonGenerator json, int id, GeneratedTag tag) {
        try {
            json.writeStartObject();
            json.writeNumberField("id", id);
            json.writeStringField("name", tag.spec().name());
            json.writeBinaryField("privateKey", tag.privateKey());
            json.writeStringField("icon", "");
            json.writeBooleanField("isActive", true);
            json.writeFieldName("colorComponents");
            json.writeArray(new int[] {0, 1, 0, 1}, 0, 4);
            json.writeArrayFieldStart("additionalKeys");
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("The file of the tags' keys could not be written.", e);
        }
    }
}
