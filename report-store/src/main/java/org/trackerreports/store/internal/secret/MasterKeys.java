package org.trackerreports.store.internal.secret;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trackerreports.store.error.WrongMasterKeyException;
import org.trackerreports.store.internal.sql.Sql;

/** The register of master keys in the database: their ids, and for each a value that only this key decrypts. */
public final class MasterKeys {

    private MasterKeys() {}

    /**
     * Checks that the given keys are the keys of the database before anything is read or written with them. The first key that opens a
     * database is registered; another key is registered only if it is given together with all registered ones.
     */
    public static void check(Connection connection, SecretCipher cipher) throws SQLException {
        Sql.on(connection, "LOCK TABLE master_keys IN SHARE ROW EXCLUSIVE MODE").execute();
        Map<String, byte[]> registered = new LinkedHashMap<>();
        Sql.on(connection, "SELECT key_id, check_value FROM master_keys ORDER BY key_id")
                .forEach(row -> registered.put(row.getString(1), row.getBytes(2)));
        for (Map.Entry<String, byte[]> key : registered.entrySet()) {
            if (!cipher.has(key.getKey())) {
                throw new WrongMasterKeyException("the secrets in this database are encrypted with master key "
                        + String.join(", ", registered.keySet()) + ", but the given key is " + cipher.currentKeyId()
                        + "; give the key that the database was filled with"
                        + " (while the key is being changed: the new key, and the old key as previous key)");
            }
            if (!cipher.opensCheckValue(key.getValue(), key.getKey())) {
                throw new WrongMasterKeyException("the master key " + key.getKey()
                        + " does not decrypt the check value of the database; the table master_keys was changed,"
                        + " restore it from a backup");
            }
        }
        if (!registered.containsKey(cipher.currentKeyId())) {
            Sql.on(connection, "INSERT INTO master_keys VALUES (?, ?)", cipher.currentKeyId(), cipher.checkValue())
                    .update();
        }
    }
}
