package org.trackerreports.store;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.trackerreports.store.account.Accounts;
import org.trackerreports.store.error.SchemaMismatchException;
import org.trackerreports.store.error.WrongMasterKeyException;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryRefresh;
import org.trackerreports.store.migration.Schema;
import org.trackerreports.store.report.Reports;
import org.trackerreports.store.retention.Retention;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.Definitions;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.MasterKeys;
import org.trackerreports.store.secret.SecretCipher;
import org.trackerreports.store.sql.Database;
import org.trackerreports.store.tracker.Trackers;

/**
 * The store: one door to each of its parts. Holds no connection of its own, so there is nothing to close. Thread-safe, and so are
 * its parts.
 */
public final class ReportStore {

    private final Capabilities capabilities;
    private final Trackers trackers;
    private final Accounts accounts;
    private final Reports reports;
    private final History history;
    private final Retention retention;
    private final SecretRotation rotation;

    private ReportStore(Database database, Capabilities capabilities, SecretCipher cipher, Clock clock) {
        this.capabilities = capabilities;
        HistoryRefresh refresh = new HistoryRefresh(database, capabilities, clock);
        this.trackers = new Trackers(database, cipher, capabilities);
        this.accounts = new Accounts(database, cipher);
        this.reports = new Reports(database, clock);
        this.history = new History(database, refresh);
        this.retention = new Retention(database, capabilities, refresh, clock);
        this.rotation = new SecretRotation(database, cipher);
    }

    /**
     * Opens the store of a migrated database.
     *
     * @param clock tells what lies in the future
     * @throws SchemaMismatchException when the schema is not this version's
     * @throws WrongMasterKeyException when the secrets in the database are encrypted with another key
     */
    public static ReportStore open(DataSource dataSource, MasterKey masterKey, Clock clock) {
        return open(dataSource, masterKey, List.of(), clock);
    }

    /**
     * Opens the store while a change of the master key is under way: what the previous keys sealed is still read, everything new
     * is sealed under the master key.
     */
    public static ReportStore open(DataSource dataSource, MasterKey masterKey, List<MasterKey> previous, Clock clock) {
        Schema.requireCurrent(dataSource);
        Database database = new Database(dataSource);
        SecretCipher cipher = new SecretCipher(masterKey, previous);
        database.transaction("check the master key", connection -> {
            MasterKeys.check(connection, cipher);
            return null;
        });
        Capabilities capabilities = database.session("read the store's settings", Definitions::read);
        return new ReportStore(database, capabilities, cipher, clock);
    }

    /** What this database was built with. */
    public Capabilities capabilities() {
        return capabilities;
    }

    public Trackers trackers() {
        return trackers;
    }

    public Accounts accounts() {
        return accounts;
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

    /**
     * Seals all secrets again under the master key of this store, in batches, while others go on working. The way to change
     * the key: start every instance with the new key and the old one as previous, call this, then take the old one away.
     */
    public RotationResult rotateSecrets() {
        return rotation.run(soFar -> {});
    }

    /** As {@link #rotateSecrets()}, telling after each batch what is done so far. */
    public RotationResult rotateSecrets(Consumer<RotationResult> progress) {
        return rotation.run(progress);
    }

    /** What {@link #rotateSecrets()} would do now; all zero when everything is sealed under the master key of this store. */
    public RotationResult previewRotation() {
        return rotation.preview();
    }
}
