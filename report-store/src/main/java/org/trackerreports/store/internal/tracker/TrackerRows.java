package org.trackerreports.store.internal.tracker;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.trackerreports.store.internal.secret.SecretCipher;
import org.trackerreports.store.internal.secret.SecretPlace;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.Tracker;

/** Reads rows of {@code trackers}, and decrypts their key material. */
final class TrackerRows {

    private static final String SELECT = "SELECT id, name, kind, key_material, key_id, labels, enabled,"
            + " alignment_time, alignment_index, created_at, changed_at FROM trackers ";

    private final SecretCipher cipher;

    TrackerRows(SecretCipher cipher) {
        this.cipher = cipher;
    }

    List<Tracker> select(Connection connection, String condition, Object... parameters) throws SQLException {
        return Sql.on(connection, SELECT + condition, parameters).list(this::read);
    }

    /** Passes rows one after the other, while reading some at a time. */
    void forEach(
            Connection connection, int fetchSize, Consumer<Tracker> consumer, String condition, Object... parameters)
            throws SQLException {
        Sql.on(connection, SELECT + condition, parameters)
                .fetchSize(fetchSize)
                .forEach(row -> consumer.accept(read(row)));
    }

    private Tracker read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        long index = row.getLong("alignment_index");
        return new Tracker(
                id,
                row.getString("name"),
                row.getString("kind"),
                cipher.open(row.getBytes("key_material"), row.getString("key_id"), SecretPlace.trackerKeys(id)),
                Labels.fromJson(row.getString("labels")),
                row.getBoolean("enabled"),
                Sql.optionalInstant(row, "alignment_time").map(time -> new Alignment(time, index)),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "changed_at"));
    }
}
