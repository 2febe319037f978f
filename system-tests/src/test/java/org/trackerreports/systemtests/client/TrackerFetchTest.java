package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.ClientSettings;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.TrackerReports;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchProtocol;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.report.Battery;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.LoggedRequest;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.world.Sighting;

class TrackerFetchTest {

    private static final int INDICES_PER_DAY = 96;

    private static FindMyClient signedIn(Services services, ClientSettings settings) throws IOException {
        FindMyClient client = services.signedIn(builder -> builder.settings(settings));
        services.simulator.requests().clear();
        return client;
    }

    private static List<LoggedRequest> fetches(Services services) {
        return services.simulator.requests().recent(Service.GATEWAY);
    }

    @Test
    void everyKeyOfAListIsAskedForInAnEntryOfItsOwn() throws IOException {
        try (Services services = new Services()) {
            Instant now = services.clock.instant();
            Tracker tracker = Tracker.ofKeys(services, "cycling", 4, false);
            for (int number = 0; number < 4; number++) {
                tracker.sighting(tracker.key(number), now.minusSeconds(3600L * (number + 1)), 10 + number, 20);
            }
            FindMyClient client = signedIn(services, ClientSettings.DEFAULT);

            TrackerReports result = client.latest(List.of(tracker.keys)).get(0);

            assertThat(result.reports()).hasSize(4);
            assertThat(result.reports())
                    .extracting(LocationReport::timestamp)
                    .isSortedAccordingTo((a, b) -> b.compareTo(a));
            LocationReport latest = result.latest().orElseThrow();
            assertThat(latest.timestamp()).isEqualTo(now.minusSeconds(3600));
            assertThat(latest.latitude()).isCloseTo(10e-7, within(1e-9));
            assertThat(latest.horizontalAccuracy()).isEqualTo(17);
            assertThat(latest.confidence()).isEqualTo(2);
            assertThat(latest.battery()).contains(Battery.MEDIUM);
            assertThat(fetches(services)).singleElement().matches(request -> request.entries() == 4);
        }
    }

    @Test
    void theLatestPositionIsOfMediumConfidenceUnlessTheCallerTakesLess() throws IOException {
        try (Services services = new Services()) {
            Instant now = services.clock.instant();
            Tracker tracker = Tracker.ofKeys(services, "bike", 3, false);
            tracker.sighting(tracker.key(0), now.minusSeconds(60), 1, 1, 1);
            Sighting medium = tracker.sighting(tracker.key(1), now.minusSeconds(120), 2, 2, 2);
            tracker.sighting(tracker.key(2), now.minusSeconds(180), 3, 3, 3);

            TrackerReports result = signedIn(services, ClientSettings.DEFAULT).latest(tracker.keys);

            assertThat(result.reports()).hasSize(3);
            assertThat(result.latest()).map(LocationReport::timestamp).contains(medium.time());
            assertThat(result.latest(1)).map(LocationReport::confidence).contains(1);
            assertThat(result.latest(3)).map(LocationReport::confidence).contains(3);
        }
    }

    @Test
    void keysAreSplitAmongRequestsAndResultsStayWithTheirTrackers() throws IOException {
        try (Services services = new Services()) {
            List<NamedKeys> trackers = new ArrayList<>();
            Instant now = services.clock.instant();
            for (int number = 0; number < 10; number++) {
                Tracker tracker = Tracker.ofKeys(services, "tracker " + number, 3, false);
                tracker.sighting(tracker.key(1), now.minusSeconds(60), number + 1, -number - 1);
                trackers.add(tracker.keys);
            }
            FindMyClient client =
                    signedIn(services, ClientSettings.builder().idsPerRequest(8).build());

            List<TrackerReports> results = client.latest(trackers);

            assertThat(fetches(services)).hasSize(4).allMatch(request -> request.ids() <= 8);
            assertThat(fetches(services).stream().mapToInt(LoggedRequest::ids).sum())
                    .isEqualTo(30);
            assertThat(results).extracting(TrackerReports::tracker).isEqualTo(trackers);
            for (int number = 0; number < 10; number++) {
                assertThat(results.get(number).latest().orElseThrow().latitude())
                        .isCloseTo((number + 1) / 1e7, within(1e-9));
            }
        }
    }

    @Test
    void anAccessoryIsFoundByItsPrimaryKeyAndItsAlignmentMovesForward() throws IOException {
        try (Services services = new Services()) {
            Instant now = services.clock.instant();
            Alignment known = new Alignment(now.minus(Duration.ofDays(1)), 1000);
            Tracker tracker = Tracker.accessory(services, "keys", Optional.of(known), 1050);
            tracker.sighting(tracker.accessory().primaryKey(1050), now.minusSeconds(600), 525200066, 134049540);
            FindMyClient client = signedIn(services, ClientSettings.DEFAULT);

            TrackerReports result = client.latest(List.of(tracker.keys)).get(0);

            assertThat(result.latest()).isPresent();
            assertThat(result.alignment()).contains(new Alignment(now.minusSeconds(600), 1050));
            assertThat(fetches(services)).hasSize(1);

            services.simulator.requests().clear();
            TrackerReports again = client.latest(List.of(result.aligned())).get(0);
            assertThat(again.latest()).isEqualTo(result.latest());
            assertThat(again.alignment()).isEmpty();
        }
    }

    @Test
    void anAccessoryOnItsSecondaryKeyIsFoundToo() throws IOException {
        try (Services services = new Services()) {
            Instant now = services.clock.instant();
            int top = 20 * INDICES_PER_DAY;
            Tracker tracker = Tracker.accessory(services, "suitcase", Optional.empty(), -(top / INDICES_PER_DAY + 1));
            tracker.sighting(tracker.accessory().secondaryKey(top / INDICES_PER_DAY + 1), now.minusSeconds(600), 1, 2);
            FindMyClient client = signedIn(services, ClientSettings.DEFAULT);

            TrackerReports result = client.latest(List.of(tracker.keys)).get(0);

            assertThat(result.latest()).isPresent();
            assertThat(result.alignment()).hasValueSatisfying(moved -> {
                assertThat(moved.time()).isEqualTo(now.minusSeconds(600));
                assertThat(moved.index()).isLessThanOrEqualTo(top);
            });
        }
    }

    @Test
    void theNewestHitEndsTheSearchBackwardsAndTheWholeWindowDoesNot() throws IOException {
        try (Services services = new Services()) {
            Instant now = services.clock.instant();
            Alignment known = new Alignment(now.minus(Duration.ofDays(7)), 1000);
            // The clock allows up to index 1672; the tracker lags.
            Tracker tracker = Tracker.accessory(services, "lagging", Optional.of(known), 1010, 1300);
            Sighting newest =
                    tracker.sighting(tracker.accessory().primaryKey(1300), now.minus(Duration.ofDays(1)), 5, 6);
            tracker.sighting(tracker.accessory().primaryKey(1010), now.minus(Duration.ofDays(6)), 3, 4);
            FindMyClient client = signedIn(services, ClientSettings.DEFAULT);

            TrackerReports latest = client.latest(List.of(tracker.keys)).get(0);
            int requestsForLatest = fetches(services).size();
            services.simulator.requests().clear();
            TrackerReports whole = client.history(List.of(tracker.keys), now.minus(Duration.ofDays(7)), now)
                    .get(0);

            assertThat(latest.reports()).extracting(LocationReport::timestamp).containsExactly(newest.time());
            assertThat(requestsForLatest).isEqualTo(2);
            assertThat(whole.reports()).hasSize(2);
            assertThat(fetches(services)).hasSize(3).allMatch(request -> request.ids() <= 256);
            assertThat(whole.alignment()).contains(new Alignment(newest.time(), 1300));
        }
    }

    @Test
    void theSearchForASilentAccessoryIsBounded() throws IOException {
        try (Services services = new Services()) {
            // Paired 20 days ago and never seen: 1,920 indices, eight requests.
            Tracker tracker = Tracker.accessory(services, "silent", Optional.empty(), 0);
            FindMyClient bounded = signedIn(
                    services, ClientSettings.builder().requestsPerAccessory(3).build());
            TrackerReports result = bounded.latest(List.of(tracker.keys)).get(0);
            assertThat(fetches(services)).hasSize(3);
            assertThat(result.failure())
                    .hasValueSatisfying(failure -> assertThat(failure.message()).contains("3 requests of 8"));

            FindMyClient unbounded = signedIn(services, ClientSettings.DEFAULT);
            assertThat(unbounded.latest(List.of(tracker.keys)).get(0).failure()).isEmpty();
            assertThat(fetches(services)).hasSize(8);
        }
    }

    @Test
    void reportsOutsideTheTimeRangeAreLeftOut() throws IOException {
        try (Services services = new Services(account -> account, settings -> settings.withReportsPerEntry(20, 20))) {
            Instant now = services.clock.instant();
            Tracker tracker = Tracker.ofKeys(services, "bike", 1, false);
            for (int hours = 1; hours <= 5; hours++) {
                tracker.sighting(tracker.key(0), now.minus(Duration.ofHours(hours)), hours, hours);
            }
            FindMyClient client = signedIn(services, ClientSettings.DEFAULT);

            TrackerReports result = client.history(
                            List.of(tracker.keys), now.minus(Duration.ofHours(4)), now.minus(Duration.ofHours(2)))
                    .get(0);

            assertThat(result.reports())
                    .extracting(LocationReport::timestamp)
                    .containsExactly(
                            now.minus(Duration.ofHours(2)),
                            now.minus(Duration.ofHours(3)),
                            now.minus(Duration.ofHours(4)));
        }
    }

    @Test
    void theOldProtocolGivesMoreReportsOfAKey() throws IOException {
        try (Services services = new Services()) {
            Instant now = services.clock.instant();
            Tracker tracker = Tracker.ofKeys(services, "bike", 1, false);
            for (int hours = 1; hours <= 5; hours++) {
                tracker.sighting(tracker.key(0), now.minus(Duration.ofHours(hours)), hours, hours);
            }
            FindMyClient v1 = signedIn(
                    services,
                    ClientSettings.builder().protocol(FetchProtocol.V1).build());
            assertThat(v1.latest(List.of(tracker.keys)).get(0).reports()).hasSize(5);
            assertThat(fetches(services))
                    .singleElement()
                    .matches(request -> request.path().equals("/acsnservice/fetch"));

            FindMyClient v2 = signedIn(services, ClientSettings.DEFAULT);
            assertThat(v2.latest(List.of(tracker.keys)).get(0).reports()).hasSize(1);
        }
    }

    @Test
    void aFailureEndsTheRestButKeepsWhatWasFound() throws IOException {
        try (Services services = new Services()) {
            Instant now = services.clock.instant();
            List<NamedKeys> trackers = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                Tracker tracker = Tracker.ofKeys(services, "tracker " + number, 8, false);
                tracker.sighting(tracker.key(0), now.minusSeconds(60), number + 1, number + 1);
                trackers.add(tracker.keys);
            }
            FindMyClient client = signedIn(
                    services,
                    ClientSettings.builder()
                            .idsPerRequest(8)
                            .retry(ClientSettings.Retry.NONE)
                            .build());
            // The first request meets the first fault, the second the second.
            services.simulator.faults().add(Fault.once(Service.GATEWAY, FaultKind.DUPLICATE_REPORTS));
            services.simulator.faults().add(Fault.once(Service.GATEWAY, FaultKind.SERVER_ERROR));

            List<TrackerReports> results = client.latest(trackers);

            assertThat(results.get(0).failure()).isEmpty();
            assertThat(results.get(0).latest()).isPresent();
            assertThat(results.get(1).failure()).containsInstanceOf(FetchOutcome.ServiceError.class);
            assertThat(results.get(2).failure()).containsInstanceOf(FetchOutcome.ServiceError.class);
            assertThat(fetches(services)).hasSize(2);
        }
    }

    @Test
    void anyCallCanBeAFuture() throws Exception {
        try (Services services = new Services()) {
            Tracker tracker = Tracker.seen(services);
            FindMyClient client = services.client().build();

            List<TrackerReports> results = client.async(c -> c.login(Services.credentials()))
                    .thenCompose(outcome -> client.async(c -> c.latest(List.of(tracker.keys))))
                    .get(30, TimeUnit.SECONDS);

            assertThat(results.get(0).latest()).isPresent();
        }
    }
}
