package org.trackerreports.sinks.dawarich;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.DawarichStandIn;
import org.trackerreports.sinks.standin.DawarichStandIn.Point;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;

class DawarichSinkTest {

    private final DawarichStandIn dawarich = new DawarichStandIn();
    private final DawarichSink sink = sink(1_000, dawarich.key());

    private DawarichSink sink(int most, String key) {
        return new DawarichSink(
                new DawarichSettings(HttpAddress.of(dawarich.url()).withToken(key), most, Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        sink.close();
        dawarich.close();
    }

    private static List<SightingEvent> reports(int count) {
        List<SightingEvent> reports = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            reports.add(Events.report(i));
        }
        return reports;
    }

    @Test
    void storesEachPointWithItsTracker() {
        assertThat(sink.deliver(List.of(Events.report(1), Events.bareReport(2), Events.heardAgain())))
                .isEqualTo(new Delivery.Done());
        assertThat(dawarich.faults()).isEmpty();
        assertThat(dawarich.points())
                .isEqualTo(Map.of(
                        new Point(13.2, 52.101, Events.TIME.plusSeconds(60)), "Bike",
                        new Point(-70.25, -33.5, Events.TIME.plusSeconds(2)), "Ännes \"Rad\" & <Boot>"));
    }

    @Test
    void sendsBatchesInEventOrderAndAgainWithoutHarm() {
        try (DawarichSink small = sink(100, dawarich.key())) {
            assertThat(small.deliver(reports(250))).isEqualTo(new Delivery.Done());
            assertThat(dawarich.server().requests()).hasSize(3);
            small.deliver(reports(250));
        }
        assertThat(dawarich.points().keySet())
                .extracting(Point::time)
                .isSorted()
                .hasSize(250);
    }

    @Test
    void findsTheBadPointOfABatch() {
        dawarich.cannotStore(point -> point.time().equals(Events.report(37).eventTime()));
        assertThat(sink.deliver(reports(1_000))).isInstanceOfSatisfying(Delivery.Refused.class, refused -> {
            assertThat(refused.refusals()).singleElement().satisfies(refusal -> {
                assertThat(refusal.event()).isEqualTo(Events.report(37).id());
                assertThat(refusal.status()).isEqualTo(500);
                assertThat(refusal.text()).contains("Batch creation failed");
            });
            assertThat(refused.delivered())
                    .isEqualTo(reports(1_000).stream()
                            .map(SightingEvent::id)
                            .filter(id -> !id.equals(Events.report(37).id()))
                            .collect(Collectors.toSet()));
        });
        assertThat(dawarich.points()).hasSize(999);
        assertThat(dawarich.server().requests()).hasSizeLessThan(25);
    }

    @Test
    void aSinglePointThatCannotBeStoredIsRefused() {
        dawarich.cannotStore(point -> true);
        assertThat(sink.deliver(reports(1))).isInstanceOf(Delivery.Refused.class);
    }

    @Test
    void aServerThatIsBrokenIsWaitedFor() {
        dawarich.cannotStore(point -> true);
        assertThat(sink.deliver(reports(1_000))).isInstanceOf(Delivery.TryLater.class);
        dawarich.healthy(false);
        assertThat(sink.deliver(reports(1))).isInstanceOf(Delivery.TryLater.class);
        assertThat(dawarich.points()).isEmpty();
    }

    @Test
    void saysThatTheKeyIsWrong() {
        try (DawarichSink wrong = sink(1_000, "wrong")) {
            assertThat(wrong.deliver(reports(2)))
                    .isInstanceOfSatisfying(
                            Delivery.TryLater.class,
                            later -> assertThat(later.credentials()).isTrue());
        }
    }

    @Test
    void somethingElseThatAnswersIsNoSuccess() {
        dawarich.server().answer(request -> new Answer(200, "text/html", "<html>"));
        assertThat(sink.deliver(reports(2))).isInstanceOf(Delivery.TryLater.class);
    }
}
