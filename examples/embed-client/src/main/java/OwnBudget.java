import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.*;
import java.time.Duration;
import java.util.Optional;
import org.trackerreports.findmy.*;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.keyfile.KeyFiles;

/**
 * Keeps session and budget in a database, so that all programs that use the account share them:
 * CREATE TABLE account (name text PRIMARY KEY, login bytea, next_request timestamptz NOT NULL DEFAULT now())
 */
public record OwnBudget(Connection database, String account) implements RequestGate, SessionStore {
    public static void main(String[] args) throws Exception {
        var own = new OwnBudget(DriverManager.getConnection(args[0]), args[1]);
        var client = FindMyClient.builder().anisetteServer(URI.create(args[2])).sessionStore(own).requestGate(own).build();
        for (var tracker : client.latest(KeyFiles.read(Path.of(args[3])).trackers()))
            System.out.println(tracker.tracker().name() + ": " + tracker.message());
    }

    @Override public Permission acquire() { // One statement: of several programs only one is granted the request.
        return update("UPDATE account SET next_request = now() + interval '30 minutes' WHERE name = ? AND next_request <= now()", null)
                ? new Granted()
                : new MustWait(Duration.ofMinutes(1), "the account asks every 30 minutes");
    }

    @Override public void completed(boolean answered) {} // The gap counts from the beginning of a request.

    @Override public void coolDown(Duration wait, String reason) {
        update("UPDATE account SET next_request = greatest(next_request, now() + ? * interval '1 second') WHERE name = ?", wait.toSeconds());
    }

    @Override public Optional<SavedLogin> load() throws IOException {
        try (var select = database.prepareStatement("SELECT login FROM account WHERE name = ? AND login IS NOT NULL")) {
            select.setString(1, account);
            var row = select.executeQuery();
            return row.next() ? Optional.of(SavedLogin.fromBytes(row.getBytes(1))) : Optional.empty();
        } catch (SQLException e) {
            throw new IOException("the session cannot be read from the database", e);
        }
    }

    @Override public void save(SavedLogin login) { // Encrypt the bytes here: they open the account.
        update("UPDATE account SET login = ? WHERE name = ?", login.toBytes());
    }

    private boolean update(String sql, Object first) {
        try (var update = database.prepareStatement(sql)) {
            if (first != null) update.setObject(1, first);
            update.setString(first == null ? 1 : 2, account);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("the account's row cannot be changed", e);
        }
    }
}
