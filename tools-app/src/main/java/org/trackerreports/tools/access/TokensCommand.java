package org.trackerreports.tools.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.access.AccessToken;
import org.trackerreports.store.access.AddTokenOutcome;
import org.trackerreports.store.access.NewToken;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.TimeParser;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of tokens, with which others read over the network. */
@Command(name = "tokens")
public final class TokensCommand extends InstallationCommand {

    @Inject
    TokensCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Command(name = "list")
    int list(@Mixin JsonOption json) {
        List<AccessToken> tokens = installation().store().tokens().list();
        if (tokens.isEmpty()) {
            note("There is no token. To make one: findmy tools tokens add NAME --scope read");
        }
        Instant now = installation().now();
        json.print(() -> json(tokens), () -> table(tokens, now));
        return tokens.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    @Command(name = "add")
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--scope", paramLabel = "SCOPE", required = true) String scope,
            @Option(names = "--label", paramLabel = "KEY=VALUE") @Nullable Map<String, String> labels,
            @Option(names = "--expires", paramLabel = "TIME") @Nullable String expires)
            throws CommandFailure {
        TokenScope wanted = TokenScope.of(scope)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "--scope is '" + scope + "'; expected one of " + scopes() + "."));
        Optional<Instant> end = expires == null
                ? Optional.empty()
                : Optional.of(
                        TimeParser.instant("--expires", expires, installation().now()));
        if (end.filter(time -> !time.isAfter(installation().now())).isPresent()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--expires is in the past; give a later time, for example 2030-01-01.");
        }
        AddTokenOutcome outcome = installation()
                .store()
                .tokens()
                .add(new NewToken(name, wanted, labels == null ? Map.of() : labels, end));
        switch (outcome.kind()) {
            case ADDED -> {
                AddTokenOutcome.Added added = (AddTokenOutcome.Added) outcome;
                out().println(added.text().text());
                note("This is the only time that the token is shown: only its hash is stored.");
            }
            case REFUSED ->
                throw new CommandFailure(
                        ExitCode.FAILED, "No token was made: " + ((AddTokenOutcome.Refused) outcome).reason() + ".");
        }
        return ExitCode.DONE;
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "NAME") String name, @Option(names = "--yes") boolean yes)
            throws CommandFailure {
        Optional<AccessToken> token = installation().store().tokens().list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (token.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOTHING_FOUND, "There is no token " + name + ". To see them: findmy tools tokens list");
        }
        if (!yes) {
            out().println("would remove the token " + name + "; whoever has it can no longer read");
            throw new CommandFailure(ExitCode.USAGE, "Nothing was removed; add --yes.");
        }
        installation().store().tokens().remove(name);
        out().println("Token " + name + " was removed.");
        return ExitCode.DONE;
    }

    private static String scopes() {
        return Arrays.stream(TokenScope.values()).map(TokenScope::word).collect(Collectors.joining(", "));
    }

    private static ArrayNode json(List<AccessToken> tokens) {
        ArrayNode array = Json.array();
        for (AccessToken token : tokens) {
            ObjectNode json = array.addObject()
                    .put("token", token.name())
                    .put("id", token.id())
                    .put("scope", token.scope().word());
            ObjectNode labels = json.putObject("labels");
            new TreeMap<>(token.labels()).forEach(labels::put);
            json.put("created_time", token.created().toString())
                    .put("expires_time", Json.time(token.expires()))
                    .put("last_used_time", Json.time(token.lastUsed()));
        }
        return array;
    }

    private static TextTable table(List<AccessToken> tokens, Instant now) {
        TextTable table =
                new TextTable("TOKEN", "ID", "SCOPE", "TRACKERS", "CREATED (UTC)", "ENDS (UTC)", "LAST USED (UTC)");
        tokens.forEach(token -> table.row(
                token.name(),
                token.id(),
                token.scope().word(),
                token.labels().isEmpty() ? "all" : TrackerNames.labels(token.labels()),
                TextTable.time(token.created()),
                token.expires()
                        .map(end -> TextTable.time(end) + (end.isAfter(now) ? "" : ", has ended"))
                        .orElse("-"),
                token.lastUsed().map(TextTable::time).orElse("-")));
        return table;
    }
}
