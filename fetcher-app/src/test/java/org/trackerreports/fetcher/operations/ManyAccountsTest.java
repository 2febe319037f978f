package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.wiring.ServerWait;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.operations.Page.Reply;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.testsupport.MovableClock;

/** The pages of health with up to 200 accounts, of which each has a line, and with more, of which only those have one that need a look. */
class ManyAccountsTest {

    private static final HealthRules RULES =
            new HealthRules(Set.of(Role.FETCH), Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofSeconds(30));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Activity activity = new Activity(clock);
    private final Health health = new Health(activity, RULES, mock(ServerWait.class), clock);
    private final Map<String, Page> pages =
            new Pages(health, mock(StatusPage.class), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)).byPath();
    private long due;

    @Test
    void eachOfTwoHundredHasALine() throws Exception {
        look(200, number -> number % 10 == 3 ? AccountState.NEEDS_LOGIN : AccountState.READY);
        JsonNode page = page("/health/ready", 200);
        assertThat(page.path("status").asText()).isEqualTo("warn");
        assertThat(names(page, "accounts")).isEmpty();
        assertThat(names(page, "account:")).hasSize(200).contains("account:0003", "account:0004");
        assertThat(withStatus(page, "account:", "warn")).hasSize(20);
    }

    @Test
    void ofMoreOnlyThoseThatNeedALookHaveOneAndTheOthersAreCounted() throws Exception {
        look(201, number -> number == 7 ? AccountState.LOCKED : AccountState.READY);
        JsonNode page = page("/health/ready", 200);
        assertThat(cause(page, "accounts")).isEqualTo("200 of 201 are ready");
        assertThat(names(page, "account:")).containsExactly("account:0007");
        assertThat(cause(page, "account:0007")).isEqualTo("locked by the service: refused 7");
        assertThat(page.path("status").asText()).isEqualTo("warn");
    }

    @Test
    void countsEveryStateThatIsNotReadyAndNamesTwoHundredOfThem() throws Exception {
        // 1,000 of 6,000 in each of the six states.
        AccountState[] states = AccountState.values();
        assertThat(states).hasSize(6);
        look(6_000, number -> states[number % 6]);
        JsonNode page = page("/health/ready", 200);
        assertThat(cause(page, "accounts")).isEqualTo("1000 of 6000 are ready");
        List<String> expected = IntStream.range(0, 6_000)
                .filter(number -> states[number % 6] != AccountState.READY)
                .limit(200)
                .mapToObj(number -> "account:" + alias(number))
                .toList();
        assertThat(names(page, "account:")).isEqualTo(expected);
        assertThat(withStatus(page, "account:", "warn")).hasSize(200);
        assertThat(page.path("checks").toString().length())
                .as("an orchestrator reads it every few seconds")
                .isLessThan(100_000);
    }

    @Test
    void thousandsThatAreReadyAreOneLine() throws Exception {
        look(10_000, number -> AccountState.READY);
        JsonNode page = page("/health/ready", 200);
        assertThat(page.path("status").asText()).isEqualTo("ok");
        assertThat(cause(page, "accounts")).isEqualTo("10000 of 10000 are ready");
        assertThat(names(page, "account:")).isEmpty();
    }

    @Test
    void turnsOfUpToTwoHundredHaveALineEach() throws Exception {
        IntStream.range(0, 200).forEach(this::turnEnded);
        look(200, number -> AccountState.READY);
        JsonNode page = page("/health/live", 200);
        assertThat(names(page, "workers")).isEmpty();
        assertThat(names(page, "worker:")).hasSize(200);
    }

    @Test
    void ofMoreOnlyTurnsThatAreLateHaveOne() throws Exception {
        // Each takes its next turn after a minute, and a turn takes five at most. The first 30 of 1,000 take none
        // again.
        IntStream.range(0, 1_000).forEach(this::turnEnded);
        clock.advance(Duration.ofMinutes(6));
        look(1_000, number -> AccountState.READY);
        assertThat(cause(page("/health/live", 200), "workers")).isEqualTo("1000 of 1000 take their turns");
        IntStream.range(30, 1_000).forEach(this::turnEnded);
        clock.advance(Duration.ofSeconds(1));
        look(1_000, number -> AccountState.READY);
        JsonNode page = page("/health/live", 503);
        assertThat(cause(page, "workers")).isEqualTo("970 of 1000 take their turns");
        assertThat(names(page, "worker:"))
                .isEqualTo(IntStream.range(0, 30)
                        .mapToObj(number -> "worker:" + alias(number))
                        .toList());
        assertThat(cause(page, "worker:0000"))
                .isEqualTo("its last turn ended 361 s ago, and the next one was due after 60 s");
    }

    @Test
    void aStandstillOfThousandsNamesSomeOfThem() throws Exception {
        due = 3;
        look(10_000, number -> AccountState.READY);
        assertThat(cause(page("/health/live", 200), "work"))
                .isEqualTo("trackers are due, and account 0000, 0001, 0002, 0003, 0004, 0005, 0006, 0007, 0008, 0009"
                        + " and 9990 more may make a request");
        look(2, number -> AccountState.READY);
        assertThat(cause(page("/health/live", 200), "work"))
                .isEqualTo("trackers are due, and account 0000, 0001 may make a request");
    }

    private void turnEnded(int number) {
        activity.turnEnded(new TurnEnded(alias(number), TurnEnded.Work.NOTHING_DUE, Duration.ofMinutes(1)));
    }

    private static String alias(int number) {
        return String.format("%04d", number);
    }

    private void look(int count, IntFunction<AccountState> state) {
        activity.heartbeatSent();
        List<AccountSample> accounts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Optional<String> error =
                    state.apply(number) == AccountState.READY ? Optional.empty() : Optional.of("refused " + number);
            Budget budget = new Budget(100, 268, Instant.EPOCH, Optional.empty());
            accounts.add(new AccountSample(alias(number), state.apply(number), error, Optional.of(budget)));
        }
        Instant now = clock.instant();
        QueueStatistics queue = TenTrackers.queue(now, now, false, due, 0);
        health.evaluate(TenTrackers.sample(now, Optional.empty(), List.of(), queue, accounts));
    }

    private JsonNode page(String path, int status) throws IOException {
        Reply reply = pages.get(path).reply();
        assertThat(reply.status()).isEqualTo(status);
        return new ObjectMapper().readTree(reply.body());
    }

    private static List<String> names(JsonNode page, String begin) {
        return checks(page, begin).stream()
                .map(check -> check.path("name").asText())
                .toList();
    }

    private static List<JsonNode> withStatus(JsonNode page, String begin, String status) {
        return checks(page, begin).stream()
                .filter(check -> check.path("status").asText().equals(status))
                .toList();
    }

    private static String cause(JsonNode page, String name) {
        return checks(page, name).stream()
                .filter(check -> check.path("name").asText().equals(name))
                .map(check -> check.path("cause").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> checks(JsonNode page, String begin) {
        return StreamSupport.stream(page.path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().startsWith(begin))
                .toList();
    }
}
