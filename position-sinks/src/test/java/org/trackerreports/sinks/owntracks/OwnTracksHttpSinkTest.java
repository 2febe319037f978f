package org.trackerreports.sinks.owntracks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.standin.Events;
import org.trackerreports.sinks.standin.HttpStandIn.Answer;
import org.trackerreports.sinks.standin.OwnTracksStandIn;

class OwnTracksHttpSinkTest {

    private final OwnTracksStandIn recorder = new OwnTracksStandIn();
    private final OwnTracksHttpSink sink = new OwnTracksHttpSink(
            new OwnTracksHttpSettings(HttpAddress.of(recorder.url()), "anna b", Clock.systemUTC()));

    @AfterEach
    void close() {
        sink.close();
        recorder.close();
    }

    @Test
    void filesEachTrackerUnderItsName() throws Exception {
        assertThat(sink.deliver(List.of(Events.report(1), Events.bareReport(1))))
                .isEqualTo(new Delivery.Done());
        assertThat(recorder.faults()).isEmpty();
        assertThat(recorder.stored()).containsOnlyKeys("anna b/Bike", "anna b/Ännes-Rad-Boot--18");
        assertThat(recorder.last("anna b/Bike")).isEqualTo(new ObjectMapper().readTree("""
                {"_type":"location","lat":52.101,"lon":13.2,"tst":1795860060,"acc":34,"tid":"Bi","created_at":1795861364}"""));
    }

    @Test
    void twoNamesThatBecomeOneInATopicStayTwoDevices() {
        sink.deliver(List.of(
                Events.report(1, new SightedTracker(1, "a/b", Map.of()), Events.TIME),
                Events.report(2, new SightedTracker(2, "a#b", Map.of()), Events.TIME)));
        assertThat(recorder.stored()).containsOnlyKeys("anna b/a-b-1", "anna b/a-b-2");
    }

    @Test
    void theLastPositionIsTheNewestWhateverComesLate() {
        sink.deliver(List.of(Events.report(2)));
        sink.deliver(List.of(Events.report(1)));
        assertThat(recorder.last("anna b/Bike").path("tst").asLong())
                .isEqualTo(Events.TIME.plusSeconds(120).getEpochSecond());
        assertThat(recorder.stored().get("anna b/Bike")).hasSize(2);
    }

    @Test
    void whatARecorderDoesNotAnswerIsNoSuccess() {
        recorder.server().answer(request -> new Answer(200, "text/html", "<html>welcome"));
        assertThat(sink.deliver(List.of(Events.report(1)))).isInstanceOf(Delivery.TryLater.class);
    }

    @Test
    void aRecorderWithAKeyOfTheUserAnswersEncrypted() {
        recorder.server()
                .answer(request ->
                        new Answer(200, "application/json", "{\"_type\":\"encrypted\",\"data\":\"R0lGODlhAQ==\"}"));
        assertThat(sink.deliver(List.of(Events.report(1)))).isEqualTo(new Delivery.Done());
    }

    @Test
    void stopsAtTheFirstTroubleAndSaysWhatArrived() {
        recorder.server()
                .answer(request -> recorder.server().requests().size() <= 1
                        ? new Answer(200, "application/json", "[]")
                        : Answer.of(502));
        assertThat(sink.deliver(List.of(Events.report(2), Events.report(1))))
                .isInstanceOfSatisfying(
                        Delivery.TryLater.class,
                        later -> assertThat(later.delivered())
                                .isEqualTo(Set.of(Events.report(1).id())));
    }

    @Test
    void asksForTheAddressOfARecorder() {
        assertThatThrownBy(() -> new OwnTracksHttpSettings(
                        HttpAddress.of(recorder.server().url("/")), "anna", Clock.systemUTC()))
                .hasMessageContaining("/pub");
        assertThatThrownBy(() -> new OwnTracksHttpSettings(HttpAddress.of(recorder.url()), "anna/b", Clock.systemUTC()))
                .hasMessageContaining("no /");
    }
}
