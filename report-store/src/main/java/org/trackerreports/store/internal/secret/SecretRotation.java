package org.trackerreports.store.internal.secret;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.secret.RotationResult;
import org.trackerreports.store.secret.Secret;

/** Encrypts all secrets again under the current master key, in batches, while other instances keep working. */
public record SecretRotation(Database database, SecretCipher cipher) {

    private static final int BATCH = 500;

    /** A row whose secrets are encrypted with another key; an account has two secrets. */
    private record Row(long id, byte @Nullable [] first, byte @Nullable [] second, String keyId) {}

    public RotationResult run(Consumer<RotationResult> progress) {
        long trackers = 0;
        for (int batch = -1; batch != 0; trackers += batch) {
            batch = database.transaction("encrypt trackers again", this::trackers);
            progress.accept(new RotationResult(trackers + batch, 0, 0));
        }
        long accounts = 0;
        for (int batch = -1; batch != 0; accounts += batch) {
            batch = database.transaction("encrypt accounts again", this::accounts);
            progress.accept(new RotationResult(trackers, accounts + batch, 0));
        }
        return new RotationResult(trackers, accounts, database.transaction("retire master keys", this::retireKeys));
    }

    /** What {@link #run} would do now. */
    public RotationResult preview() {
        return database.session(
                "look for secrets under other master keys",
                connection -> Sql.on(
                                connection,
                                "SELECT (SELECT count(*) FROM trackers WHERE key_id <> k.current),"
                                        + " (SELECT count(*) FROM accounts WHERE key_id <> k.current),"
                                        + " (SELECT count(*) FROM master_keys WHERE key_id <> k.current)"
                                        + " FROM (SELECT ?::text AS current) k",
                                cipher.currentKeyId())
                        .one(row -> new RotationResult(row.getLong(1), row.getLong(2), row.getInt(3))));
    }

    private int trackers(Connection connection) throws SQLException {
        List<Row> rows = read(connection, "SELECT id, key_material, NULL::bytea, key_id FROM trackers");
        String update = "UPDATE trackers t SET key_material = v.first, key_id = ?";
        return update(connection, update, rows, SecretPlace::trackerKeys, SecretPlace::trackerKeys);
    }

    private int accounts(Connection connection) throws SQLException {
        List<Row> rows = read(connection, "SELECT id, session, password, key_id FROM accounts");
        String update = "UPDATE accounts t SET session = v.first, password = v.second, key_id = ?";
        return update(connection, update, rows, SecretPlace::session, SecretPlace::password);
    }

    private List<Row> read(Connection connection, String select) throws SQLException {
        return Sql.on(
                        connection,
                        select + " WHERE key_id <> ? ORDER BY id LIMIT " + BATCH + " FOR NO KEY UPDATE",
                        cipher.currentKeyId())
                .list(row -> new Row(row.getLong(1), row.getBytes(2), row.getBytes(3), row.getString(4)));
    }

    private int update(
            Connection connection,
            String update,
            List<Row> rows,
            LongFunction<String> first,
            LongFunction<String> second)
            throws SQLException {
        List<Long> ids = new ArrayList<>();
        byte[][] firsts = new byte[rows.size()][];
        byte[][] seconds = new byte[rows.size()][];
        for (Row row : rows) {
            firsts[ids.size()] = again(row.first(), row.keyId(), first.apply(row.id()));
            seconds[ids.size()] = again(row.second(), row.keyId(), second.apply(row.id()));
            ids.add(row.id());
        }
        return Sql.on(
                        connection,
                        update + " FROM unnest(?::bigint[], ?::bytea[], ?::bytea[]) AS v (id, first, second)"
                                + " WHERE t.id = v.id",
                        cipher.currentKeyId(),
                        ArrayOf.bigints(ids),
                        new ArrayOf("bytea", firsts),
                        new ArrayOf("bytea", seconds))
                .update();
    }

    private byte @Nullable [] again(byte @Nullable [] sealed, String keyId, String place) {
        if (sealed == null) {
            return null;
        }
        Secret secret = cipher.open(sealed, keyId, place);
        try {
            return cipher.seal(secret, place);
        } finally {
            secret.wipe();
        }
    }

    private int retireKeys(Connection connection) throws SQLException {
        return Sql.on(
                        connection,
                        "DELETE FROM master_keys m WHERE key_id <> ?"
                                + " AND NOT EXISTS (SELECT 1 FROM trackers t WHERE t.key_id = m.key_id)"
                                + " AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.key_id = m.key_id)",
                        cipher.currentKeyId())
                .update();
    }
}
