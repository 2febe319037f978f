package org.trackerreports.store.tracker;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.secret.SecretCipher;
import org.trackerreports.store.sql.Database;

/** Reads rows of {@code trackers}, and opens their key material. */
public final class TrackerRows {

    static final String SELECT = "SELECT id, name, kind, key_material, key_id, labels, enabled,"
            + " alignment_time, alignment_index, created_at, changed_at FROM trackers ";

    private final SecretCipher cipher;

    TrackerRows(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** What the key material of a tracker is bound to by its encryption. */
    public static String place(long id) {
        return "trackers.key_material of id " + id;
    }

    List<Tracker> read(PreparedStatement statement) throws SQLException {
        List<Tracker> trackers = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long id = row.getLong("id");
                Instant alignmentTime = Database.instant(row, "alignment_time");
                trackers.add(new Tracker(
                        id,
                        row.getString("name"),
                        row.getString("kind"),
                        cipher.open(row.getBytes("key_material"), row.getString("key_id"), place(id)),
                        Labels.fromJson(row.getString("labels")),
                        row.getBoolean("enabled"),
                        alignmentTime == null
                                ? Optional.empty()
                                : Optional.of(new Alignment(alignmentTime, row.getLong("alignment_index"))),
                        Database.instant(row, "created_at"),
                        Database.instant(row, "changed_at")));
            }
        }
        return trackers;
    }
}
