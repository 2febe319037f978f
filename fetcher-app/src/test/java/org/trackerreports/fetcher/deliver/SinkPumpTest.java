package org.trackerreports.fetcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.Sinks;

/** What a sink gets, and in which order. */
class SinkPumpTest extends SinkFixture {

    SinkPumpTest(DeliverWorld world) {
        super(world);
    }

    @Test
    void aNewSinkGetsWhatHappensFromNowOnInTheOrderOfTheFeed() {
        stored(2);
        SinkPump pump = pump(file("BATCH=100"));
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        Instant first = NOW.minusSeconds(600);
        world.report(tracker, "Bike " + name, first.plusSeconds(60), DeliverWorld.HOME);
        world.report(tracker, "Bike " + name, first, DeliverWorld.HOME);
        turn(pump);
        assertThat(receiver.received()).as("nobody has judged them").isEmpty();
        world.judge();
        turn(pump);
        assertThat(eventTimes(receiver.received()))
                .containsExactly(first.plusSeconds(60).toString(), first.toString());
        assertThat(receiver.received().get(0).path("id").asText()).matches("rep_[0-9a-f]{32}_\\d+");
        assertThat(state().delivered()).isEqualTo(2);
        turn(pump);
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void startsAtTheBeginningOfTheFeedIfItsFileSaysSo() {
        List<String> times = stored(3);
        turn(pump(file("START=beginning")));
        assertThat(eventTimes(receiver.received())).isEqualTo(times);
    }

    @Test
    void selectsByLabelConfidenceAgeAndType() {
        long other = world.tracker("Other of " + name, Map.of());
        SinkPump pump = pump(file("MAX_AGE=1h"));
        turn(pump);
        world.report(other, "Other of " + name, NOW.minusSeconds(60), DeliverWorld.HOME);
        world.report(tracker, "Bike " + name, NOW.minusSeconds(7_200), DeliverWorld.HOME);
        world.report(tracker, "Bike " + name, NOW.minusSeconds(120), DeliverWorld.HOME);
        world.judge();
        turn(pump);
        assertThat(eventTimes(receiver.received()))
                .containsExactly(NOW.minusSeconds(120).toString());
    }

    @Test
    void whatIsPausedWaits() {
        SinkPump pump = pump(file());
        turn(pump);
        world.store().sinks().pause(name);
        stored(2);
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void replaysReportsByEventTimeWithTheIdsThatTheyHad() {
        SinkPump pump = pump(file("BATCH=50"));
        turn(pump);
        List<String> times = stored(250);
        turn(pump);
        Set<String> ids = receiver.distinct().keySet();
        SinkReplay replay = SinkReplay.since(Instant.parse(times.get(40)));
        assertThat(world.store().sinks().reading().count(replay)).isGreaterThanOrEqualTo(210);
        world.store().sinks().replay(name, Optional.of(replay));
        turn(pump);
        assertThat(eventTimes(
                        receiver.received().subList(250, receiver.received().size())))
                .isEqualTo(times.subList(40, 250));
        assertThat(receiver.distinct().keySet()).isEqualTo(ids);
        assertThat(state().replay()).isEmpty();
    }

    @Test
    void oneThatIsFurtherBehindThanTheFeedGetsTheReportsAnyway() {
        SinkPump pump = pump(file("BATCH=100"));
        turn(pump);
        world.store().sinks().pause(name);
        List<String> times = stored(30);
        world.execute("UPDATE report_feed SET noticed_at = now() - interval '8 days'");
        world.store().feed().purge(Duration.ofHours(1), Duration.ofDays(7));
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(eventTimes(receiver.distinct().values())).isEqualTo(times);
        assertThat(state().replay()).isEmpty();
    }

    @Test
    void onlyOneOfTwoInstancesWorksAndTheOtherTakesOver() {
        SinkPump one = pump(file());
        SinkPump two = pump(file(), "two", world.store());
        turn(one);
        turn(two);
        stored(2);
        turn(two);
        assertThat(receiver.received()).isEmpty();
        turn(one);
        assertThat(receiver.received()).hasSize(2);
        one.release();
        world.report(tracker, "Bike " + name, NOW, DeliverWorld.HOME);
        world.judge();
        turn(two);
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void followsACursorThatAPersonSetBack() {
        SinkPump pump = pump(file());
        turn(pump);
        FeedPlace before = world.store().feed().end();
        stored(3);
        turn(pump);
        world.store().feed().reset(Sinks.consumer(name), before);
        turn(pump);
        assertThat(receiver.received()).hasSize(6);
        assertThat(receiver.distinct()).hasSize(3);
    }
}
