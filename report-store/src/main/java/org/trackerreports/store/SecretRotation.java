package org.trackerreports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.secret.SecretCipher;
import org.trackerreports.store.sql.Database;
import org.trackerreports.store.tracker.TrackerRows;

/** Seals everything again under the current master key, in batches, while others go on working. */
final class SecretRotation {

    private static final int BATCH = 500;

    private record Row(long id, byte[] first, byte[] second, String keyId) {}

    private final Database database;
    private final SecretCipher cipher;

    SecretRotation(Database database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    RotationResult run(Consumer<RotationResult> progress) {
        long trackers = 0;
        for (int batch = -1; batch != 0; trackers += batch) {
            batch = database.transaction("seal trackers again", this::trackers);
            progress.accept(new RotationResult(trackers + batch, 0, 0));
        }
        long accounts = 0;
        for (int batch = -1; batch != 0; accounts += batch) {
            batch = database.transaction("seal accounts again", this::accounts);
            progress.accept(new RotationResult(trackers, accounts + batch, 0));
        }
        return new RotationResult(trackers, accounts, database.transaction("retire master keys", this::retireKeys));
    }

    /** What {@link #run} would do now. */
    RotationResult preview() {
        return database.session("look for secrets under other master keys", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT (SELECT count(*) FROM trackers WHERE key_id <> k.current),"
                            + " (SELECT count(*) FROM accounts WHERE key_id <> k.current),"
                            + " (SELECT count(*) FROM master_keys WHERE key_id <> k.current) FROM (SELECT ?::text AS current) k")) {
                statement.setString(1, cipher.currentKeyId());
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new RotationResult(row.getLong(1), row.getLong(2), row.getInt(3));
                }
            }
        });
    }

    private int trackers(Connection connection) throws SQLException {
        List<Row> rows = read(connection, "SELECT id, key_material, NULL::bytea, key_id FROM trackers");
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE trackers SET key_material = ?, key_id = ? WHERE id = ?")) {
            for (Row row : rows) {
                statement.setBytes(1, again(row.first(), row.keyId(), TrackerRows.place(row.id())));
                statement.setString(2, cipher.currentKeyId());
                statement.setLong(3, row.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return rows.size();
    }

    private int accounts(Connection connection) throws SQLException {
        List<Row> rows = read(connection, "SELECT id, session, password, key_id FROM accounts");
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE accounts SET session = ?, password = ?, key_id = ? WHERE id = ?")) {
            for (Row row : rows) {
                statement.setBytes(1, again(row.first(), row.keyId(), Accounts.sessionPlace(row.id())));
                statement.setBytes(2, again(row.second(), row.keyId(), Accounts.passwordPlace(row.id())));
                statement.setString(3, cipher.currentKeyId());
                statement.setLong(4, row.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return rows.size();
    }

    private List<Row> read(Connection connection, String select) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                select + " WHERE key_id <> ? ORDER BY id LIMIT " + BATCH + " FOR NO KEY UPDATE")) {
            statement.setString(1, cipher.currentKeyId());
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(row.getLong(1), row.getBytes(2), row.getBytes(3), row.getString(4)));
                }
            }
            return rows;
        }
    }

    private byte[] again(byte[] sealed, String keyId, String place) {
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
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM master_keys m WHERE key_id <> ?"
                + " AND NOT EXISTS (SELECT 1 FROM trackers t WHERE t.key_id = m.key_id)"
                + " AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.key_id = m.key_id)")) {
            statement.setString(1, cipher.currentKeyId());
            return statement.executeUpdate();
        }
    }
}
