package org.trackerreports.sinks.traccar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.sinks.standin.TraccarStandIn;
import org.trackerreports.sinks.standin.TraccarStandIn.Position;

class TraccarSinkTest {

    private static final SightedTracker VAN = new SightedTracker(5, "Van & Co", Map.of("traccar_id", "van5"));

    private final TraccarStandIn traccar = new TraccarStandIn("trk17", "trk18");
    private final TraccarSettings settings = TraccarSettings.of(HttpAddress.of(traccar.url()), Clock.systemUTC());

    @AfterEach
    void close() {
        traccar.close();
    }

    private Delivery deliver(TraccarSettings with, SightingEvent... events) {
        try (TraccarSink sink = new TraccarSink(with)) {
            return sink.deliver(List.of(events));
        }
    }

    @Test
    void givesWhatTraccarReads() {
        assertThat(deliver(settings, Events.report(1), Events.bareReport(2))).isEqualTo(new Delivery.Done());
        assertThat(traccar.faults()).isEmpty();
        assertThat(traccar.positions())
                .containsExactlyInAnyOrder(
                        new Position(
                                "trk17",
                                52.101,
                                13.2,
                                Events.TIME.plusSeconds(60),
                                34,
                                Map.of(
                                        "batteryClass", "full",
                                        "confidence", "2",
                                        "received", "2026-11-28T10:22:44Z")),
                        new Position(
                                "trk18",
                                -33.5,
                                -70.25,
                                Events.TIME.plusSeconds(2),
                                0,
                                Map.of(
                                        "confidence", "0",
                                        "flags", "UNCONFIRMED COARSE",
                                        "received", "2026-11-28T10:00:02Z")));
    }

    @Test
    void sendsInTheOrderInWhichTheTrackerWasSeen() {
        deliver(settings, Events.report(3), Events.report(1), Events.report(2));
        assertThat(traccar.positions()).extracting(Position::time).isSorted().hasSize(3);
    }

    @Test
    void leavesOutWhatIsNoPositionOrCannotBeTakenBack() {
        assertThat(deliver(
                        settings,
                        Events.transition(1, false),
                        Events.heardAgain(),
                        Events.change(Events.BIKE, true),
                        Events.wrong(Events.report(1))))
                .isEqualTo(new Delivery.Done());
        assertThat(traccar.server().requests()).isEmpty();
    }

    @Test
    void refusesThePositionsOfADeviceThatIsNotThereAndSendsTheOthers() {
        assertThat(deliver(settings, Events.report(1, VAN, Events.TIME), Events.report(2)))
                .isEqualTo(new Delivery.Refused(
                        Set.of(Events.report(2).id()),
                        List.of(new Delivery.Refusal(Events.report(1).id(), 400, ""))));
        assertThat(traccar.positions()).extracting(Position::device).containsExactly("trk17");
    }

    @Test
    void makesTheDeviceWithAToken() {
        TraccarSettings making = settings.makingDevices(traccar.url(), traccar.token());
        assertThat(deliver(
                        making, Events.report(1, VAN, Events.TIME), Events.report(2, VAN, Events.TIME.plusSeconds(1))))
                .isEqualTo(new Delivery.Done());
        assertThat(traccar.devices()).contains("van5");
        assertThat(traccar.positions()).extracting(Position::device).containsExactly("van5", "van5");
    }

    @Test
    void waitsIfTheDeviceCannotBeMade() {
        TraccarSettings wrongToken = settings.makingDevices(traccar.url(), "wrong");
        assertThat(deliver(wrongToken, Events.report(1, VAN, Events.TIME)))
                .isInstanceOfSatisfying(
                        Delivery.TryLater.class,
                        later -> assertThat(later.reason()).contains("the device cannot be made: it answered 401"));
    }

    @Test
    void saysWhatArrivedSoThatItIsNotSentTwice() {
        traccar.server().answer(request -> Answer.of(traccar.server().requests().size() <= 2 ? 200 : 503));
        assertThat(deliver(settings, Events.report(3), Events.report(1), Events.report(2)))
                .isInstanceOfSatisfying(
                        Delivery.TryLater.class,
                        later -> assertThat(later.delivered())
                                .containsExactlyInAnyOrder(
                                        Events.report(1).id(), Events.report(2).id()));
    }

    @Test
    void refusesAnAddressWithAQueryThatTraccarWouldReadInsteadOfThePosition() {
        assertThatThrownBy(
                        () -> TraccarSettings.of(HttpAddress.of(traccar.server().url("/?id=1")), Clock.systemUTC()))
                .hasMessageContaining("has no query");
    }

    @Test
    void aPageInsteadOfTraccarIsNoSuccess() {
        traccar.server().answer(request -> new Answer(200, "text/html", "<html>log in"));
        assertThat(deliver(settings, Events.report(1))).isInstanceOf(Delivery.TryLater.class);
    }
}
