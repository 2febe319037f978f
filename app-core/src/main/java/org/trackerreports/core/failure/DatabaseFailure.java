package org.trackerreports.core.failure;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.trackerreports.core.text.Printable;
import org.trackerreports.store.error.StoreException;

/**
 * Finds out why a database cannot be used, from the SQLSTATE. The driver's sentences are not shown: they depend on the language of the
 * machine and name the inside. PostgreSQL's own are, because they name the role, the database or the object.
 */
final class DatabaseFailure {

    private static final Pattern ADDRESS = Pattern.compile("[\\p{Alnum}._:\\[\\]-]+:\\d{1,5}\\b");
    /** What Java puts before the reason why it does not trust a certificate. */
    private static final Pattern JAVA_CLASS = Pattern.compile("^.*Exception: ", Pattern.DOTALL);

    private static final Pattern STATE = Pattern.compile("\\s*\\((?:SQLSTATE \\w{5}|no SQLSTATE|worth repeating)\\)");

    // Words that are the same in all languages of the driver.
    private static final String TLS = "SSL";
    private static final String WRONG_HOST = "HostnameVerifier";

    private DatabaseFailure() {}

    /**
     * The failure.
     *
     * @param thrown an exception of the store or of the database
     */
    static Failure of(Throwable thrown) {
        List<Throwable> causes = Causes.of(thrown);
        // The innermost exception comes from the server or the driver; the pool and the store only repeat it.
        Optional<SQLException> last = causes.stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(sql -> sql.getSQLState() != null)
                .reduce((outer, inner) -> inner);
        for (Throwable cause : causes) {
            if (cause instanceof UnknownHostException host) {
                return later("The host " + Printable.brief(Failures.message(host))
                        + " of PostgreSQL is unknown; check DB_HOST and the name server.");
            }
            if (cause instanceof SSLException) {
                String why = JAVA_CLASS.matcher(Failures.message(cause)).replaceFirst("");
                return unusable(untrusted(Printable.brief(why)));
            }
        }
        if (last.filter(sql -> String.valueOf(sql.getMessage()).contains(WRONG_HOST))
                .isPresent()) {
            return unusable(untrusted("its certificate is for another host name"));
        }
        if (last.isPresent()) {
            return of(last.get(), last.get().getSQLState());
        }
        if (thrown instanceof StoreException store) {
            return new Failure(
                    store.worthRepeating() ? ExitCode.UNAVAILABLE : ExitCode.FAILED, plain(Failures.message(store)));
        }
        return later("PostgreSQL has no connection for this program; try again later.");
    }

    private static String untrusted(String why) {
        return "The connection to PostgreSQL is not trusted (" + why
                + "); name its certificate authority in DB_SSLROOTCERT, check that the certificate is for DB_HOST, or"
                + " choose another DB_SSLMODE.";
    }

    private static Failure of(SQLException reason, String state) {
        String text = text(reason);
        return switch (state) {
            case "08004" -> rejected(reason);
            case "08P01" ->
                unusable("What answers at DB_HOST and DB_PORT does not speak PostgreSQL's language, or is a pooler that"
                        + " cannot reach its server; check DB_HOST and DB_PORT.");
            case "3D000" -> unusable("PostgreSQL says: " + text + "; check DB_NAME, or create the database.");
            case "3F000", "42P01" ->
                unusable("The database lacks tables (" + text + "); check DB_NAME, or run: findmy tools db migrate");
            case "42501" ->
                unusable("PostgreSQL does not permit this to the role of DB_USER (" + text + "); grant it the right.");
            case "26000", "42P05" ->
                unusable("DB_HOST and DB_PORT lead to a connection pooler that hands out its connections for single"
                        + " transactions (pool_mode = transaction), which cannot work; use session mode, or the server"
                        + " itself.");
            case "53300" ->
                later("PostgreSQL has no free connection (" + text + "); try again later, or allow more connections.");
            case "53100" -> later("The disk of PostgreSQL is full (" + text + "); free some space, then try again.");
            case "57P03" -> later("PostgreSQL is starting or stopping (" + text + "); try again later.");
            case "25006" ->
                later("PostgreSQL only reads (" + text + "): it is a standby, or is being promoted. Check DB_HOST, or"
                        + " try again later.");
            case "57014" -> later("PostgreSQL ended a query that took too long (" + text + "); try again later.");
            default -> ofClass(reason, state, text);
        };
    }

    private static Failure ofClass(SQLException reason, String state, String text) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" ->
                later("PostgreSQL does not answer" + address(reason)
                        + "; check DB_HOST and DB_PORT, or try again later.");
            case "28" -> unusable("PostgreSQL refused the sign-in (" + text + "); check DB_USER and DB_PASSWORD.");
            case "53" -> later("PostgreSQL has not enough resources (" + text + "); try again later.");
            case "57", "55", "40" -> later("PostgreSQL could not do it now (" + text + "); try again later.");
            default -> new Failure(ExitCode.FAILED, "PostgreSQL says: " + text + " (SQLSTATE " + state + ").");
        };
    }

    /** The driver itself refuses the server. */
    private static Failure rejected(SQLException reason) {
        return String.valueOf(reason.getMessage()).contains(TLS)
                ? unusable(
                        "PostgreSQL" + address(reason) + " does not offer encrypted connections (TLS); switch them on"
                                + " there, or allow DB_SSLMODE=disable if the network is trusted.")
                : unusable("PostgreSQL asks for the password in clear text, or for a sign-in that is not supported, and"
                        + " did not get it; let pg_hba.conf ask for scram-sha-256.");
    }

    private static Failure unusable(String message) {
        return new Failure(ExitCode.CONFIGURATION, message);
    }

    private static Failure later(String message) {
        return new Failure(ExitCode.UNAVAILABLE, message);
    }

    private static String address(SQLException reason) {
        Matcher found = ADDRESS.matcher(String.valueOf(reason.getMessage()));
        return found.find() ? " at " + found.group() : "";
    }

    /** What the server says, without the words that the driver and the store add. */
    private static String text(SQLException reason) {
        ServerErrorMessage server = reason instanceof PSQLException known ? known.getServerErrorMessage() : null;
        String text = server == null ? reason.getMessage() : server.getMessage();
        return plain(text == null ? "no reason is given" : text);
    }

    private static String plain(String text) {
        return Printable.brief(
                STATE.matcher(text).replaceAll("").lines().findFirst().orElse(""));
    }
}
