package org.trackerreports.benchmarks.kernel;

import java.util.List;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.benchmarks.peer.FindMyPy;

/** Public keys and the key search of an accessory, compared with BouncyCastle and FindMy.py. */
public final class KeyTopic implements Topic {

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        Turns keys = turns(setting, "staticKeys");
        setting.findMyPy().map(FindMyPy::new).ifPresent(peer -> keys.with(FindMyPy.NAME, peer::keys));
        compare("keys made from their scalars, one thread", "keys/s", keys.measure(setting), results);
        Turns windows = turns(setting, "window");
        setting.findMyPy().map(FindMyPy::new).ifPresent(peer -> windows.with(FindMyPy.NAME, peer::windows));
        compare(
                "key search: the newest 290 keys of an accessory at index 50,000, from the start",
                "windows/s",
                windows.measure(setting),
                results);
    }

    private static Turns turns(Setting setting, String method) {
        Turns turns = new Turns();
        for (Kernel kernel : Kernel.values()) {
            turns.with(kernel.title(), () -> kernel.perSecond(setting.effort(), KeyBenchmark.class, method));
        }
        return turns;
    }

    private static void compare(String what, String unit, List<Series> series, Consumer<Comparison> results) {
        series.stream()
                .skip(1)
                .forEach(other ->
                        results.accept(new Comparison(what, unit, Comparison.Kind.RATE, series.get(0), other)));
    }
}
