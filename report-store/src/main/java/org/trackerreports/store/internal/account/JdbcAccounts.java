package org.trackerreports.store.internal.account;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.account.SaveOutcome;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.secret.SecretCipher;
import org.trackerreports.store.internal.secret.SecretPlace;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.tracker.Names;
import org.trackerreports.store.secret.Secret;

/** Accounts in PostgreSQL. */
public record JdbcAccounts(Database database, SecretCipher cipher) implements Accounts {

    private static final String SELECT = "SELECT id, alias, state, session, password, key_id, machine_identity,"
            + " cool_down_until, last_error, version FROM accounts ";

    /** The account of an alias, in whatever form its letters are stored; its parameters are {@link #forms}. */
    private static final String OF_ALIAS =
            "id = (SELECT id FROM accounts WHERE alias = ANY (?) ORDER BY alias = ? DESC LIMIT 1)";

    private static Object[] forms(String alias) {
        return new Object[] {ArrayOf.texts(Names.forms(alias)), alias};
    }

    @Override
    public Optional<Account> find(String alias) {
        return database.session("find an account", connection -> find(connection, alias));
    }

    @Override
    public List<Account> list() {
        return database.session(
                "list the accounts",
                connection -> Sql.on(connection, SELECT + "ORDER BY alias").list(this::read));
    }

    @Override
    public SaveOutcome save(Account account) {
        return database.transaction("save an account", connection -> {
            Account saved = account.version() == 0
                    ? withVersion(account, Names.normal(account.alias()), nextId(connection), 1)
                    : withVersion(account, account.alias(), account.id(), account.version() + 1);
            boolean stored = account.version() == 0 ? insert(connection, saved) : update(connection, saved);
            return stored ? new SaveOutcome.Saved(saved) : new SaveOutcome.Outdated(find(connection, account.alias()));
        });
    }

    @Override
    public Optional<Account> pause(String alias) {
        return setState("pause an account", alias, "'PAUSED'");
    }

    @Override
    public Optional<Account> resume(String alias) {
        return setState("resume an account", alias, "CASE WHEN session IS NULL THEN 'NEEDS_LOGIN' ELSE 'READY' END");
    }

    @Override
    public boolean remove(String alias) {
        return database.session(
                "remove an account",
                connection -> Sql.on(connection, "DELETE FROM accounts WHERE " + OF_ALIAS, forms(alias))
                                .update()
                        > 0);
    }

    private Optional<Account> setState(String purpose, String alias, String state) {
        return database.transaction(purpose, connection -> {
            Sql.on(
                            connection,
                            "UPDATE accounts SET state = " + state + ", version = version + 1 WHERE " + OF_ALIAS
                                    + " AND state <> " + state,
                            forms(alias))
                    .update();
            return find(connection, alias);
        });
    }

    /** The id is part of the encryption, so it is drawn before the row is inserted. */
    private static long nextId(Connection connection) throws SQLException {
        return Sql.on(connection, "SELECT nextval(pg_get_serial_sequence('accounts', 'id'))")
                .one(row -> row.getLong(1));
    }

    private boolean insert(Connection connection, Account account) throws SQLException {
        String sql = "INSERT INTO accounts (alias, state, session, password, key_id, machine_identity, cool_down_until,"
                + " last_error, version, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alias) DO NOTHING";
        return write(connection, sql, account, account.version());
    }

    private boolean update(Connection connection, Account account) throws SQLException {
        String sql = "UPDATE accounts SET alias = ?, state = ?, session = ?, password = ?, key_id = ?,"
                + " machine_identity = ?, cool_down_until = ?, last_error = ?, version = version + 1"
                + " WHERE version = ? AND id = ?";
        return write(connection, sql, account, account.version() - 1);
    }

    private boolean write(Connection connection, String sql, Account account, long version) throws SQLException {
        return Sql.on(
                                connection,
                                sql,
                                account.alias(),
                                account.state().name(),
                                seal(account.session(), SecretPlace.session(account.id())),
                                seal(account.password(), SecretPlace.password(account.id())),
                                cipher.currentKeyId(),
                                account.machineIdentity().orElse(null),
                                account.coolDownUntil().orElse(null),
                                account.lastError().orElse(null),
                                version,
                                account.id())
                        .update()
                == 1;
    }

    private byte @Nullable [] seal(Optional<Secret> secret, String place) {
        return secret.map(value -> cipher.seal(value, place)).orElse(null);
    }

    private Optional<Account> find(Connection connection, String alias) throws SQLException {
        return Sql.on(connection, SELECT + "WHERE " + OF_ALIAS, forms(alias)).first(this::read);
    }

    /** An account whose secrets cannot be opened has to sign in again. It must not stop the others. */
    private Account read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        String keyId = row.getString("key_id");
        try {
            return account(
                    row,
                    id,
                    open(row.getBytes("session"), keyId, SecretPlace.session(id)),
                    open(row.getBytes("password"), keyId, SecretPlace.password(id)));
        } catch (StoreException e) {
            return account(row, id, Optional.empty(), Optional.empty())
                    .withState(AccountState.NEEDS_LOGIN)
                    .withLastError(Optional.of("what is stored of its sign-in cannot be opened: " + e.getMessage()));
        }
    }

    private static Account account(ResultSet row, long id, Optional<Secret> session, Optional<Secret> password)
            throws SQLException {
        return new Account(
                id,
                row.getString("alias"),
                AccountState.valueOf(row.getString("state")),
                session,
                password,
                Optional.ofNullable(row.getString("machine_identity")),
                Sql.optionalInstant(row, "cool_down_until"),
                Optional.ofNullable(row.getString("last_error")),
                row.getLong("version"));
    }

    private Optional<Secret> open(byte @Nullable [] sealed, String keyId, String place) {
        return Optional.ofNullable(sealed).map(value -> cipher.open(value, keyId, place));
    }

    private static Account withVersion(Account account, String alias, long id, long version) {
        return new Account(
                id,
                alias,
                account.state(),
                account.session(),
                account.password(),
                account.machineIdentity(),
                account.coolDownUntil(),
                account.lastError(),
                version);
    }
}
