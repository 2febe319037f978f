package org.trackerreports.store.secret;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trackerreports.store.error.WrongMasterKeyException;

/** The register of master keys in the database: their ids, and a value for each that only that key opens. */
public final class MasterKeys {

    private MasterKeys() {}

    /**
     * Makes sure that the given keys are the database's, before anything is read or written with them. The first key that ever
     * opens a database becomes its key; a further one is let in only together with one that is known.
     */
    public static void check(Connection connection, SecretCipher cipher) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE master_keys IN SHARE ROW EXCLUSIVE MODE");
        }
        Map<String, byte[]> registered = registered(connection);
        for (Map.Entry<String, byte[]> key : registered.entrySet()) {
            if (!cipher.has(key.getKey())) {
                throw new WrongMasterKeyException("the secrets in this database are encrypted with master key "
                        + String.join(", ", registered.keySet()) + ", but given is " + cipher.currentKeyId()
                        + "; give the key that the database was filled with"
                        + " (during a change of keys: the new one, and the old one as previous)");
            }
            if (!cipher.opensCheckValue(key.getValue(), key.getKey())) {
                throw new WrongMasterKeyException(
                        "the master key " + key.getKey()
                                + " does not open the database's check value; the table master_keys was changed, restore it from a backup");
            }
        }
        if (!registered.containsKey(cipher.currentKeyId())) {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO master_keys VALUES (?, ?)")) {
                statement.setString(1, cipher.currentKeyId());
                statement.setBytes(2, cipher.checkValue());
                statement.execute();
            }
        }
    }

    private static Map<String, byte[]> registered(Connection connection) throws SQLException {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT key_id, check_value FROM master_keys ORDER BY key_id")) {
            while (row.next()) {
                keys.put(row.getString("key_id"), row.getBytes("check_value"));
            }
        }
        return keys;
    }
}
