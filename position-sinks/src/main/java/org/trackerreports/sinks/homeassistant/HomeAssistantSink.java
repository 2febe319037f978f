package org.trackerreports.sinks.homeassistant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.PublishedPositions.Published;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.SightingEvent.Report;
import org.trackerreports.sinks.SightingEvent.TrackerChange;
import org.trackerreports.sinks.Sink;
import org.trackerreports.sinks.internal.mqtt.MqttConnection;
import org.trackerreports.sinks.internal.mqtt.MqttTrouble;
import org.trackerreports.sinks.internal.mqtt.MqttWill;
import org.trackerreports.sinks.internal.text.Positions;

/**
 * Makes each tracker a device of Home Assistant and shows its newest position. Everything is retained, so Home Assistant has it after a restart;
 * it also gets everything again when it says that it has started.
 *
 * <p>Give it an empty list of events every few seconds: that is when it connects again, and when trackers become unavailable.
 */
public final class HomeAssistantSink implements Sink {

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ONLINE = "online".getBytes(UTF_8);
    private static final byte[] OFFLINE = "offline".getBytes(UTF_8);

    /** Everybody who uses the broker is busy when Home Assistant starts. */
    private static final int LONGEST_DELAY_MILLIS = 10_000;

    private final HomeAssistantSettings settings;
    private final Topics topics;
    private final Discovery discovery;
    private final MqttConnection connection;

    /** What this connection has made known: the tracker as it was then. */
    private final Map<Long, SightedTracker> known = new HashMap<>();

    private final Map<Long, Boolean> heard = new HashMap<>();

    /** What is remembered, so that it is read once for each connection. */
    private final Map<Long, Published> shown = new HashMap<>();

    private volatile Optional<Instant> again = Optional.empty();

    public HomeAssistantSink(HomeAssistantSettings settings) {
        this.settings = settings;
        this.topics = new Topics(settings.discoveryPrefix(), settings.topic());
        this.discovery = new Discovery(settings, topics);
        this.connection = new MqttConnection(
                settings.broker(), Optional.of(new MqttWill(topics.bridge(), new String(OFFLINE, UTF_8))));
    }

    @Override
    public Delivery deliver(List<SightingEvent> events) {
        try {
            connect();
            sendAgainIfDue();
            for (SightingEvent event : newestLast(events)) {
                if (event instanceof Report report) {
                    show(report);
                } else if (event instanceof TrackerChange change) {
                    change(change);
                }
            }
            tellWhoIsStale();
            return new Delivery.Done();
        } catch (MqttTrouble e) {
            // To publish the same again does no harm.
            return e.delivery(Set.of());
        }
    }

    /** Of each tracker only the newest report; everything else in its order. */
    private static List<SightingEvent> newestLast(List<SightingEvent> events) {
        Map<Long, Report> newest = new HashMap<>();
        Positions.inEventOrder(events)
                .forEach(report -> newest.put(report.tracker().id(), report));
        Set<String> ids = newest.values().stream().map(Report::id).collect(Collectors.toSet());
        return events.stream()
                .filter(event -> !(event instanceof Report) || ids.contains(event.id()))
                .toList();
    }

    private void connect() throws MqttTrouble {
        if (connection.connect()) {
            known.clear();
            heard.clear();
            shown.clear();
            settings.published().all().forEach(each -> shown.put(each.tracker().id(), each));
            connection.subscribe(topics.birth(), this::born);
            connection.publish(topics.bridge(), ONLINE, true);
        }
    }

    /** Called by a thread of the connection. */
    private void born(byte[] message) {
        if (new String(message, UTF_8).equals("online")) {
            again = Optional.of(
                    settings.clock().instant().plusMillis(settings.random().nextInt(LONGEST_DELAY_MILLIS)));
        }
    }

    private void sendAgainIfDue() throws MqttTrouble {
        if (again.filter(due -> !due.isAfter(settings.clock().instant())).isEmpty()) {
            return;
        }
        again = Optional.empty();
        known.clear();
        heard.clear();
        connection.publish(topics.bridge(), ONLINE, true);
        for (Published published : shown.values()) {
            makeKnown(published.tracker());
            connection.publish(
                    topics.state(published.tracker().id()), published.state().getBytes(UTF_8), true);
        }
    }

    private void show(Report report) throws MqttTrouble {
        long tracker = report.tracker().id();
        Published former = shown.get(tracker);
        if (former != null && report.eventTime().isBefore(former.eventTime())) {
            return;
        }
        String state = State.of(report);
        makeKnown(report.tracker());
        connection.publish(topics.state(tracker), state.getBytes(UTF_8), true);
        remember(new Published(report.tracker(), report.eventTime(), state));
        tellHeard(tracker, isHeard(report.eventTime()));
    }

    private void remember(Published published) {
        settings.published().save(published);
        shown.put(published.tracker().id(), published);
    }

    private void makeKnown(SightedTracker tracker) throws MqttTrouble {
        if (!tracker.equals(known.get(tracker.id()))) {
            connection.publish(topics.config(tracker.id()), discovery.of(tracker), true);
            known.put(tracker.id(), tracker);
        }
    }

    private void change(TrackerChange change) throws MqttTrouble {
        long tracker = change.tracker().id();
        Published former = shown.get(tracker);
        if (former == null) {
            return;
        }
        if (change.gone()) {
            connection.publish(topics.config(tracker), NOTHING, true);
            connection.publish(topics.state(tracker), NOTHING, true);
            connection.publish(topics.heard(tracker), NOTHING, true);
            known.remove(tracker);
            heard.remove(tracker);
            shown.remove(tracker);
            settings.published().remove(tracker);
        } else {
            makeKnown(change.tracker());
            remember(new Published(change.tracker(), former.eventTime(), former.state()));
        }
    }

    private void tellWhoIsStale() throws MqttTrouble {
        for (Published published : shown.values()) {
            tellHeard(published.tracker().id(), isHeard(published.eventTime()));
        }
    }

    private boolean isHeard(Instant eventTime) {
        return settings.staleAfter()
                .map(limit -> eventTime.plus(limit).isAfter(settings.clock().instant()))
                .orElse(true);
    }

    private void tellHeard(long tracker, boolean now) throws MqttTrouble {
        if (!Boolean.valueOf(now).equals(heard.get(tracker))) {
            connection.publish(topics.heard(tracker), now ? ONLINE : OFFLINE, true);
            heard.put(tracker, now);
        }
    }

    /** Nobody tells of positions now, so the devices become unavailable. */
    @Override
    public void close() {
        connection.close();
    }
}
