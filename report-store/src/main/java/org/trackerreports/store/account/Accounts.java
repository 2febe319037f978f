package org.trackerreports.store.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.secret.SecretCipher;
import org.trackerreports.store.sql.Database;

/** Accounts and their sessions, the secret parts encrypted. Thread-safe. */
public final class Accounts {

    private static final String COLUMNS = "SELECT id, alias, state, session, password, key_id, machine_identity,"
            + " cool_down_until, last_error, version FROM accounts ";

    private final Database database;
    private final SecretCipher cipher;

    public Accounts(Database database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /** Finds an account by its alias. */
    public Optional<Account> find(String alias) {
        return database.session("find an account", connection -> find(connection, alias));
    }

    /** All accounts, by alias. */
    public List<Account> list() {
        return database.session("list the accounts", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COLUMNS + "ORDER BY alias")) {
                return read(statement);
            }
        });
    }

    /**
     * Stores an account, if nobody else stored it since it was read: a version of 0 means a new one. So a newer session is never
     * overwritten by an instance that did not see it.
     */
    public SaveOutcome save(Account account) {
        return database.transaction("save an account", connection -> {
            Optional<Account> saved =
                    account.version() == 0 ? insert(connection, account) : update(connection, account);
            return saved.isPresent()
                    ? new SaveOutcome.Saved(saved.get())
                    : new SaveOutcome.Outdated(find(connection, account.alias()));
        });
    }

    /**
     * Keeps an account from being used until {@link #resume}. Whoever read it before can no longer save it, so nobody makes it
     * usable again by accident.
     *
     * @return the account as it is now; nothing when there is none of that alias
     */
    public Optional<Account> pause(String alias) {
        return setState("pause an account", alias, "'PAUSED'");
    }

    /**
     * Lets an account be used again after {@link #pause}, or after its owner unlocked it: it becomes ready if it has a session,
     * and needs a login otherwise. Its cool-down stays.
     *
     * @return the account as it is now; nothing when there is none of that alias
     */
    public Optional<Account> resume(String alias) {
        return setState("resume an account", alias, "CASE WHEN session IS NULL THEN 'NEEDS_LOGIN' ELSE 'READY' END");
    }

    private Optional<Account> setState(String purpose, String alias, String state) {
        return database.transaction(purpose, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("UPDATE accounts SET state = " + state
                    + ", version = version + 1 WHERE alias = ? AND state <> " + state)) {
                statement.setString(1, alias);
                statement.executeUpdate();
            }
            return find(connection, alias);
        });
    }

    /** Removes an account with its session; false when there was none. */
    public boolean remove(String alias) {
        return database.session("remove an account", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("DELETE FROM accounts WHERE alias = ?")) {
                statement.setString(1, alias);
                return statement.executeUpdate() > 0;
            }
        });
    }

    private Optional<Account> insert(Connection connection, Account account) throws SQLException {
        long id;
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT nextval(pg_get_serial_sequence('accounts', 'id'))");
                ResultSet row = statement.executeQuery()) {
            row.next();
            id = row.getLong(1);
        }
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO accounts (alias, state, session,"
                + " password, key_id, machine_identity, cool_down_until, last_error, version, id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (alias) DO NOTHING")) {
            bind(statement, account, id);
            statement.setLong(9, id);
            return statement.executeUpdate() == 1 ? Optional.of(account.saved(id, 1)) : Optional.empty();
        }
    }

    private Optional<Account> update(Connection connection, Account account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE accounts SET alias = ?, state = ?,"
                + " session = ?, password = ?, key_id = ?, machine_identity = ?, cool_down_until = ?, last_error = ?,"
                + " version = version + 1 WHERE id = ? AND version = ?")) {
            bind(statement, account, account.id());
            statement.setLong(9, account.id());
            statement.setLong(10, account.version());
            return statement.executeUpdate() == 1
                    ? Optional.of(account.saved(account.id(), account.version() + 1))
                    : Optional.empty();
        }
    }

    private void bind(PreparedStatement statement, Account account, long id) throws SQLException {
        statement.setString(1, account.alias());
        statement.setString(2, account.state().name());
        statement.setBytes(3, seal(account.session(), sessionPlace(id)));
        statement.setBytes(4, seal(account.password(), passwordPlace(id)));
        statement.setString(5, cipher.currentKeyId());
        statement.setString(6, account.machineIdentity().orElse(null));
        statement.setObject(7, Database.utc(account.coolDownUntil().orElse(null)));
        statement.setString(8, account.lastError().orElse(null));
    }

    private byte[] seal(Optional<Secret> secret, String place) {
        return secret.map(value -> cipher.seal(value, place)).orElse(null);
    }

    public static String sessionPlace(long id) {
        return "accounts.session of id " + id;
    }

    public static String passwordPlace(long id) {
        return "accounts.password of id " + id;
    }

    private Optional<Account> find(Connection connection, String alias) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + "WHERE alias = ?")) {
            statement.setString(1, alias);
            return read(statement).stream().findFirst();
        }
    }

    private List<Account> read(PreparedStatement statement) throws SQLException {
        List<Account> accounts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long id = row.getLong("id");
                String keyId = row.getString("key_id");
                accounts.add(new Account(
                        id,
                        row.getString("alias"),
                        AccountState.valueOf(row.getString("state")),
                        open(row.getBytes("session"), keyId, sessionPlace(id)),
                        open(row.getBytes("password"), keyId, passwordPlace(id)),
                        Optional.ofNullable(row.getString("machine_identity")),
                        Optional.ofNullable(Database.instant(row, "cool_down_until")),
                        Optional.ofNullable(row.getString("last_error")),
                        row.getLong("version")));
            }
        }
        return accounts;
    }

    private Optional<Secret> open(byte[] sealed, String keyId, String place) {
        return Optional.ofNullable(sealed).map(value -> cipher.open(value, keyId, place));
    }
}
