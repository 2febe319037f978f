import org.trackerreports.movement.Motion;
import org.trackerreports.movement.OutlierFilter;
import org.trackerreports.sinks.Sink;

/** Compiles with two libraries whose versions its pom does not name. */
final class UsesBom {

    private UsesBom() {}

    static OutlierFilter filterBefore(Sink sink) {
        return new OutlierFilter(Motion.BICYCLE);
    }
}
