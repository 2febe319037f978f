package org.trackerreports.store.internal.account;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.AccountVersion;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.account.AccountsMark;
import org.trackerreports.store.account.SaveOutcome;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.secret.SecretCipher;
import org.trackerreports.store.internal.secret.SecretPlace;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Names;
import org.trackerreports.store.secret.Secret;

/** Accounts in PostgreSQL. */
public record JdbcAccounts(Database database, SecretCipher cipher) implements Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAccounts.class);

    /** The latest end of a cool-down, by the clock of the database. A later one comes from a clock that is wrong. */
    private static final String LATEST_COOL_DOWN = "clock_timestamp() + interval '1 day'";

    private static final String SELECT = "SELECT id, alias, state, session, password, key_id, machine_identity,"
            + " cool_down_until, last_error, version,"
            + " coalesce(cool_down_until > " + LATEST_COOL_DOWN + " + interval '1 minute', false) AS ahead"
            + " FROM accounts ";

    /** The account of an alias, in whatever form its letters are stored; its parameters are {@link #forms}. */
    private static final String OF_ALIAS =
            "id = (SELECT id FROM accounts WHERE alias = ANY (?) ORDER BY alias = ? DESC LIMIT 1)";

    /**
     * An account as it is stored.
     *
     * @param ahead whether its cool-down lasts longer than any does
     */
    private record Row(Account account, boolean ahead) {}

    private static Object[] forms(String alias) {
        return new Object[] {ArrayOf.texts(Names.forms(alias)), alias};
    }

    @Override
    public Optional<Account> find(String alias) {
        return database.session("find an account", connection -> find(connection, alias));
    }

    @Override
    public List<Account> list() {
        return database.session("list the accounts", connection -> read(connection, "ORDER BY alias"));
    }

    @Override
    public AccountsMark mark() {
        return database.session(
                "look for changes of the accounts",
                connection -> Sql.on(
                                connection,
                                "SELECT count(*) AS accounts, coalesce(sum(version), 0) AS versions,"
                                        + " coalesce(max(id), 0) AS latest FROM accounts")
                        .one(row -> new AccountsMark(
                                row.getLong("accounts"), row.getLong("versions"), row.getLong("latest"))));
    }

    @Override
    public List<AccountVersion> versions() {
        return database.session(
                "read the versions of the accounts",
                connection -> Sql.on(connection, "SELECT alias, id, version FROM accounts")
                        .list(row ->
                                new AccountVersion(row.getString("alias"), row.getLong("id"), row.getLong("version"))));
    }

    @Override
    public SaveOutcome save(Account account) {
        return database.transaction("save an account", connection -> {
            Account bounded = bounded(connection, account);
            Account saved = account.version() == 0
                    ? withVersion(bounded, Names.normal(account.alias()), nextId(connection), 1)
                    : withVersion(bounded, account.alias(), account.id(), account.version() + 1);
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

    /** A cool-down that a clock which is ahead has set would last for as long as that clock is ahead. */
    private static Account bounded(Connection connection, Account account) throws SQLException {
        if (account.coolDownUntil().isEmpty()) {
            return account;
        }
        Instant until = account.coolDownUntil().get();
        Instant latest =
                Sql.on(connection, "SELECT " + LATEST_COOL_DOWN + " AS latest").one(row -> Sql.instant(row, "latest"));
        if (!until.isAfter(latest)) {
            return account;
        }
        sayCut(account.alias(), until, latest);
        return account.withCoolDownUntil(Optional.of(latest));
    }

    private static void sayCut(String alias, Instant until, Instant latest) {
        LOG.warn(
                "The cool-down of account {} was set to end at {}, more than a day after the time of the database. It ends at"
                        + " {} now. Check the clocks of this machine and of the database server.",
                alias,
                until.truncatedTo(ChronoUnit.SECONDS),
                latest.truncatedTo(ChronoUnit.SECONDS));
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
        return read(connection, "WHERE " + OF_ALIAS, forms(alias)).stream().findFirst();
    }

    private List<Account> read(Connection connection, String which, Object... parameters) throws SQLException {
        List<Account> accounts = new ArrayList<>();
        for (Row row : Sql.on(connection, SELECT + which, parameters).list(this::row)) {
            accounts.add(row.ahead() ? corrected(connection, row.account()) : row.account());
        }
        return accounts;
    }

    /** Cuts a cool-down that was stored while a clock was ahead, or by a version that did not look. */
    private static Account corrected(Connection connection, Account account) throws SQLException {
        Optional<Instant> latest = Sql.on(
                        connection,
                        "UPDATE accounts SET cool_down_until = " + LATEST_COOL_DOWN
                                + " WHERE id = ? AND version = ? RETURNING cool_down_until",
                        account.id(),
                        account.version())
                .first(row -> Sql.instant(row, "cool_down_until"));
        latest.ifPresent(end -> sayCut(account.alias(), account.coolDownUntil().orElseThrow(), end));
        return latest.map(end -> account.withCoolDownUntil(latest)).orElse(account);
    }

    private Row row(ResultSet row) throws SQLException {
        return new Row(read(row), row.getBoolean("ahead"));
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
