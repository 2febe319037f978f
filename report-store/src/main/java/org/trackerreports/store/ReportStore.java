package org.trackerreports.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.trackerreports.store.access.AccessTokens;
import org.trackerreports.store.access.Shares;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.account.RequestLedger;
import org.trackerreports.store.error.MissingMasterKeyException;
import org.trackerreports.store.error.SchemaMismatchException;
import org.trackerreports.store.error.WrongMasterKeyException;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.history.History;
import org.trackerreports.store.internal.access.JdbcAccessTokens;
import org.trackerreports.store.internal.access.JdbcShares;
import org.trackerreports.store.internal.account.JdbcAccounts;
import org.trackerreports.store.internal.account.JdbcRequestLedger;
import org.trackerreports.store.internal.feed.JdbcFeed;
import org.trackerreports.store.internal.history.HistoryRefresh;
import org.trackerreports.store.internal.history.JdbcHistory;
import org.trackerreports.store.internal.movement.JdbcJudging;
import org.trackerreports.store.internal.place.JdbcPlaces;
import org.trackerreports.store.internal.report.JdbcReports;
import org.trackerreports.store.internal.retention.JdbcRetention;
import org.trackerreports.store.internal.schema.DatabaseProblems;
import org.trackerreports.store.internal.schema.Definitions;
import org.trackerreports.store.internal.secret.MasterKeys;
import org.trackerreports.store.internal.secret.SecretCipher;
import org.trackerreports.store.internal.secret.SecretRotation;
import org.trackerreports.store.internal.sink.JdbcSinks;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.tracker.JdbcTrackers;
import org.trackerreports.store.internal.view.JdbcTrackerViews;
import org.trackerreports.store.movement.Judging;
import org.trackerreports.store.place.Places;
import org.trackerreports.store.report.Reports;
import org.trackerreports.store.retention.Retention;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.DatabaseProblem;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.RotationResult;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.store.tracker.Trackers;
import org.trackerreports.store.view.TrackerViews;

/** Access to all parts of the store. Holds no connection, so there is nothing to close. Thread-safe, and so are its parts. */
public final class ReportStore {

    private final Database database;
    private final Capabilities capabilities;
    private final Trackers trackers;
    private final Accounts accounts;
    private final RequestLedger requests;
    private final Reports reports;
    private final History history;
    private final Retention retention;
    private final Feed feed;
    private final Judging judging;
    private final Places places;
    private final TrackerViews views;
    private final AccessTokens tokens;
    private final Shares shares;
    private final Sinks sinks;
    private final SecretRotation rotation;

    private ReportStore(Database database, Capabilities capabilities, SecretCipher cipher, Clock clock) {
        this.database = database;
        this.capabilities = capabilities;
        HistoryRefresh refresh = new HistoryRefresh(database, capabilities, clock);
        this.trackers = new JdbcTrackers(database, cipher, capabilities);
        this.accounts = new JdbcAccounts(database, cipher);
        this.requests = new JdbcRequestLedger(database);
        this.reports = new JdbcReports(database, clock);
        this.history = new JdbcHistory(database, refresh);
        this.retention = new JdbcRetention(database, capabilities, refresh, clock);
        this.feed = new JdbcFeed(database);
        this.judging = new JdbcJudging(database, feed, clock);
        this.places = new JdbcPlaces(database);
        this.views = new JdbcTrackerViews(database);
        SecureRandom random = new SecureRandom();
        this.tokens = new JdbcAccessTokens(database, random);
        this.shares = new JdbcShares(database, random);
        this.sinks = new JdbcSinks(database);
        this.rotation = new SecretRotation(database, cipher);
    }

    /**
     * Opens the store of a migrated database.
     *
     * @param clock tells which times are in the future
     * @throws SchemaMismatchException if the schema is not the schema of this version
     * @throws WrongMasterKeyException if another key encrypts the secrets in the database
     */
    public static ReportStore open(DataSource dataSource, MasterKey masterKey, Clock clock) {
        return open(dataSource, masterKey, List.of(), clock);
    }

    /**
     * Opens the store while the master key is being changed: secrets under the previous keys can be read, and new secrets are encrypted
     * with the master key.
     *
     * @param clock tells which times are in the future
     * @throws SchemaMismatchException if the schema is not the schema of this version
     * @throws WrongMasterKeyException if another key encrypts the secrets in the database
     */
    public static ReportStore open(DataSource dataSource, MasterKey masterKey, List<MasterKey> previous, Clock clock) {
        Schema.requireCurrent(dataSource);
        Database database = new Database(dataSource);
        SecretCipher cipher = new SecretCipher(masterKey, previous);
        database.inTransaction("check the master key", connection -> MasterKeys.check(connection, cipher));
        return open(database, cipher, clock);
    }

    /**
     * Opens the store without a master key, for a program that needs no secrets. Trackers' keys and accounts cannot be read or written.
     * A call that would do so throws {@link MissingMasterKeyException}; all others work, also with a database role that may not read
     * secrets.
     *
     * @param clock tells which times are in the future
     * @throws SchemaMismatchException if the schema is not the schema of this version
     */
    public static ReportStore openWithoutSecrets(DataSource dataSource, Clock clock) {
        Schema.requireCurrent(dataSource);
        Database database = new Database(dataSource);
        return open(database, SecretCipher.withoutKey(), clock);
    }

    private static ReportStore open(Database database, SecretCipher cipher, Clock clock) {
        Capabilities capabilities = database.session("read the store's settings", Definitions::read);
        return new ReportStore(database, capabilities, cipher, clock);
    }

    /** What this database was built with. */
    public Capabilities capabilities() {
        return capabilities;
    }

    /**
     * What keeps reports from being stored, or hours and days from being brought up to date, by TimescaleDB. Costs a few short queries
     * of its catalogue.
     */
    public List<DatabaseProblem> problems() {
        return database.session(
                "look at TimescaleDB's jobs", connection -> DatabaseProblems.of(connection, capabilities));
    }

    public Trackers trackers() {
        return trackers;
    }

    public Accounts accounts() {
        return accounts;
    }

    public RequestLedger requests() {
        return requests;
    }

    public Reports reports() {
        return reports;
    }

    public History history() {
        return history;
    }

    public Retention retention() {
        return retention;
    }

    public Feed feed() {
        return feed;
    }

    public Judging judging() {
        return judging;
    }

    public Places places() {
        return places;
    }

    public TrackerViews views() {
        return views;
    }

    public AccessTokens tokens() {
        return tokens;
    }

    public Shares shares() {
        return shares;
    }

    public Sinks sinks() {
        return sinks;
    }

    /**
     * Encrypts all secrets again with the master key of this store, in batches, while other instances keep working. To change the key:
     * start every instance with the new key, and with the old key as previous key; call this method; then remove the old key.
     */
    public RotationResult rotateSecrets() {
        return rotation.run(soFar -> {});
    }

    /**
     * As {@link #rotateSecrets()}, with progress.
     *
     * @param progress called after each batch with the totals so far
     */
    public RotationResult rotateSecrets(Consumer<RotationResult> progress) {
        return rotation.run(progress);
    }

    /** What {@link #rotateSecrets()} would do now. All zero if the master key of this store encrypts everything. */
    public RotationResult previewRotation() {
        return rotation.preview();
    }
}
