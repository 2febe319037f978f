package org.trackerreports.store.internal.access;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.access.NewShare;
import org.trackerreports.store.access.Share;
import org.trackerreports.store.access.Shares;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.secret.Secret;

/** Shares in PostgreSQL. */
public record JdbcShares(Database database, SecureRandom random) implements Shares {

    private static final String COLUMNS =
            "id, trackers, from_time, to_time, expires_at, precision_m, created_by, created_at";

    private record Stored(Share share, byte[] hash) {}

    @Override
    public Created add(NewShare share) {
        SecretText text = SecretText.random(SecretText.SHARE, random);
        Share added = database.transaction("share positions", connection -> {
            Sql.on(connection, "DELETE FROM shares WHERE expires_at < now() - interval '1 day'")
                    .update();
            return Sql.on(
                            connection,
                            "INSERT INTO shares (id, secret_hash, trackers, from_time, to_time, expires_at, precision_m, created_by)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING " + COLUMNS,
                            text.id(),
                            text.hash(),
                            ArrayOf.bigints(share.trackers()),
                            share.from().orElse(null),
                            share.to().orElse(null),
                            share.expires(),
                            share.precisionMetres(),
                            share.createdBy())
                    .one(JdbcShares::read);
        });
        return new Created(added, Secret.ofText(text.text()));
    }

    @Override
    public List<Share> list() {
        return database.session(
                "list shares",
                connection -> Sql.on(
                                connection,
                                "SELECT " + COLUMNS
                                        + " FROM shares WHERE expires_at > now() ORDER BY created_at DESC, id")
                        .list(JdbcShares::read));
    }

    @Override
    public boolean remove(String id) {
        return database.session(
                "remove a share",
                connection -> Sql.on(connection, "DELETE FROM shares WHERE id = ?", id)
                                .update()
                        == 1);
    }

    @Override
    public Optional<Share> find(String text) {
        return SecretText.parse(SecretText.SHARE, text)
                .flatMap(parsed -> database.session(
                                "look for a share",
                                connection -> Sql.on(
                                                connection,
                                                "SELECT " + COLUMNS
                                                        + ", secret_hash FROM shares WHERE id = ? AND expires_at > now()",
                                                parsed.id())
                                        .first(row -> new Stored(read(row), row.getBytes("secret_hash"))))
                        .filter(stored -> parsed.hasHash(stored.hash()))
                        .map(Stored::share));
    }

    private static Share read(ResultSet row) throws SQLException {
        return new Share(
                row.getString("id"),
                new NewShare(
                        List.of((Long[]) row.getArray("trackers").getArray()),
                        Sql.optionalInstant(row, "from_time"),
                        Sql.optionalInstant(row, "to_time"),
                        Sql.instant(row, "expires_at"),
                        row.getInt("precision_m"),
                        row.getString("created_by")),
                Sql.instant(row, "created_at"));
    }
}
