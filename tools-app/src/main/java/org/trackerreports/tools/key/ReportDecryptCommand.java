package org.trackerreports.tools.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.report.ReportLine;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decrypts one payload. */
@Command(name = "decrypt")
final class ReportDecryptCommand extends ToolCommand implements Callable<Integer> {

    @Option(names = "--key-file", required = true, arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    @Mixin
    private ZipCodes codes;

    @Option(names = "--payload", required = true, paramLabel = "BASE64")
    private String text;

    @Option(names = "--at-index", split = ",", paramLabel = "I")
    private List<Integer> indices = List.of();

    @Mixin
    private JsonOption reading;

    private final Clock clock;
    private final Provider<ReportDecryptor> decryptorProvider;

    @Inject
    ReportDecryptCommand(CommandContext context, Clock clock, Provider<ReportDecryptor> decryptorProvider) {
        super(context);
        this.clock = clock;
        this.decryptorProvider = decryptorProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        KeyDescription.requireIndices(indices);
        List<NamedKeys> trackers = KeySources.require(files, codes, terminal(), err()::println);
        Instant now = clock.instant();
        byte[] payload;
        try {
            payload = Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return fail("not_base64", notBase64(text.strip()));
        }
        KeyLookup search = new KeyLookup(payload, decryptorProvider.get(), indices);
        Optional<Undecryptable> flaw = search.flaw();
        if (flaw.isPresent()) {
            return fail(
                    flaw.get().reason().name().toLowerCase(Locale.ROOT),
                    flaw.get().detail());
        }
        Optional<KeyLookup.Hit> hit = search.find(trackers, () -> progress("keys", 0));
        trackers.forEach(tracker -> tracker.keys().wipe());
        if (hit.isEmpty()) {
            return fail(
                    "no_key",
                    "none of " + search.tried() + " keys fits: the report belongs to another tracker, or is damaged"
                            + (search.cutShort()
                                    ? "; an accessory has more keys at that time than were tried, so give the indices"
                                            + " with --at-index"
                                    : ""));
        }
        print(hit.get(), now);
        return ExitCode.DONE;
    }

    private static String notBase64(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!String.valueOf(text.charAt(at)).matches("[A-Za-z0-9+/_=-]")) {
                return "character " + (at + 1) + " is '" + text.charAt(at)
                        + "'; expected base64: letters, digits, + and /, with = at the end";
            }
        }
        return "it is not whole base64 (" + text.length() + " characters); part of it may be missing";
    }

    private int fail(String problem, String detail) {
        if (reading.json()) {
            Json.print(Json.object().put("problem", problem).put("problem_detail", detail), out());
        }
        return failed("The payload cannot be decrypted: " + detail + ".");
    }

    private void print(KeyLookup.Hit hit, Instant now) {
        ObjectNode json = new ReportLine(hit.tracker().name(), hit.report(), now).json();
        json.remove("received_time");
        reading.print(() -> json, () -> table(json));
    }

    private static TextTable table(ObjectNode json) {
        TextTable table = new TextTable("FIELD", "VALUE");
        json.properties()
                .forEach(field -> table.row(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString()));
        return table;
    }
}
