import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.fetch.RequestGate;

class OwnBudgetTest {

    @Test
    void ofTwoProgramsOneIsGrantedTheRequest() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection first = postgres.getPostgresDatabase().getConnection();
                Connection second = postgres.getPostgresDatabase().getConnection();
                Statement statement = first.createStatement()) {
            statement.execute("CREATE TABLE account (name text PRIMARY KEY, login bytea, next_request timestamptz NOT NULL DEFAULT now())");
            statement.execute("INSERT INTO account (name) VALUES ('main')");
            OwnBudget one = new OwnBudget(first, "main");
            OwnBudget other = new OwnBudget(second, "main");

            assertInstanceOf(RequestGate.Granted.class, one.acquire());
            assertInstanceOf(RequestGate.MustWait.class, other.acquire());
            assertTrue(one.load().isEmpty());

            statement.execute("UPDATE account SET next_request = now()");
            one.coolDown(Duration.ofHours(3), "too many requests");
            assertInstanceOf(RequestGate.MustWait.class, other.acquire());
            assertEquals(1, statement.executeUpdate("UPDATE account SET next_request = now() WHERE next_request > now() + interval '2 hours'"));
            assertInstanceOf(RequestGate.Granted.class, other.acquire());
        }
    }
}
