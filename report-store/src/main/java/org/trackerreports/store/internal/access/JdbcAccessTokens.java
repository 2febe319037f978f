package org.trackerreports.store.internal.access;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.access.AccessToken;
import org.trackerreports.store.access.AccessTokens;
import org.trackerreports.store.access.AddTokenOutcome;
import org.trackerreports.store.access.NewToken;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.internal.text.Names;
import org.trackerreports.store.internal.tracker.TrackerCheck;
import org.trackerreports.store.secret.Secret;

/** Tokens in PostgreSQL. */
public record JdbcAccessTokens(Database database, SecureRandom random) implements AccessTokens {

    private static final String COLUMNS = "id, name, scope, labels, created_at, expires_at, last_used_at";

    private record Stored(AccessToken token, byte[] hash, boolean useIsOld) {}

    @Override
    public AddTokenOutcome add(NewToken token) {
        Optional<String> flaw =
                TrackerCheck.flawOfName(token.name()).or(() -> TrackerCheck.flawOfLabels(token.labels()));
        if (flaw.isPresent()) {
            return new AddTokenOutcome.Refused(flaw.get());
        }
        SecretText text = SecretText.random(SecretText.TOKEN, random);
        Optional<AccessToken> added = database.transaction("add a token", connection -> {
            boolean taken = Sql.on(
                            connection,
                            "SELECT 1 FROM access_tokens WHERE name = ANY (?)",
                            ArrayOf.texts(Names.forms(token.name())))
                    .first(row -> row.getInt(1))
                    .isPresent();
            return taken
                    ? Optional.empty()
                    : Sql.on(
                                    connection,
                                    "INSERT INTO access_tokens (id, secret_hash, name, scope, labels, expires_at)"
                                            + " VALUES (?, ?, ?, ?, ?::jsonb, ?) ON CONFLICT DO NOTHING RETURNING "
                                            + COLUMNS,
                                    text.id(),
                                    text.hash(),
                                    Names.normal(token.name()),
                                    token.scope().word(),
                                    Labels.toJson(token.labels()),
                                    token.expires().orElse(null))
                            .first(JdbcAccessTokens::read);
        });
        return added.isPresent()
                ? new AddTokenOutcome.Added(added.get(), Secret.ofText(text.text()))
                : new AddTokenOutcome.Refused(
                        "there is a token with the name " + token.name() + " already; choose another name");
    }

    @Override
    public List<AccessToken> list() {
        return database.session(
                "list tokens",
                connection -> Sql.on(connection, "SELECT " + COLUMNS + " FROM access_tokens ORDER BY name")
                        .list(JdbcAccessTokens::read));
    }

    @Override
    public boolean remove(String name) {
        return database.session(
                "remove a token",
                connection -> Sql.on(
                                        connection,
                                        "DELETE FROM access_tokens WHERE name = ANY (?)",
                                        ArrayOf.texts(Names.forms(name)))
                                .update()
                        > 0);
    }

    @Override
    public Optional<AccessToken> authenticate(String text) {
        Optional<SecretText> parsed = SecretText.parse(SecretText.TOKEN, text);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        return database.session("look for a token", connection -> {
            Optional<Stored> stored = stored(connection, parsed.get().id())
                    .filter(each -> parsed.get().hasHash(each.hash()));
            if (stored.isPresent() && stored.get().useIsOld()) {
                noteUse(connection, parsed.get().id());
            }
            return stored.map(Stored::token);
        });
    }

    private static Optional<Stored> stored(Connection connection, String id) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT " + COLUMNS + ", secret_hash,"
                                + " last_used_at IS NULL OR last_used_at < date_trunc('minute', now()) AS use_is_old"
                                + " FROM access_tokens WHERE id = ? AND (expires_at IS NULL OR expires_at > now())",
                        id)
                .first(row -> new Stored(read(row), row.getBytes("secret_hash"), row.getBoolean("use_is_old")));
    }

    /** Reading must go on where writing is not possible, for example on a standby. */
    private static void noteUse(Connection connection, String id) {
        try {
            Sql.on(connection, "UPDATE access_tokens SET last_used_at = date_trunc('minute', now()) WHERE id = ?", id)
                    .update();
        } catch (SQLException e) {
            return;
        }
    }

    @Override
    public boolean exist() {
        return database.session(
                "look for tokens",
                connection -> Sql.on(connection, "SELECT EXISTS (SELECT 1 FROM access_tokens)")
                        .one(row -> row.getBoolean(1)));
    }

    private static AccessToken read(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getString("id"),
                row.getString("name"),
                TokenScope.of(row.getString("scope"))
                        .orElseThrow(() -> new StoreException("a token has an unknown scope")),
                Labels.fromJson(row.getString("labels")),
                Sql.instant(row, "created_at"),
                Sql.optionalInstant(row, "expires_at"),
                Sql.optionalInstant(row, "last_used_at"));
    }
}
