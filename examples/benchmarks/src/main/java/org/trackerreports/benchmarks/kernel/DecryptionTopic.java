package org.trackerreports.benchmarks.kernel;

import java.util.List;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.benchmarks.peer.FindMyPy;

/** Decryption in one thread, compared with BouncyCastle and FindMy.py. */
public final class DecryptionTopic implements Topic {

    private static final String WHAT = "reports of an answer decrypted, one thread";

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        Turns turns = new Turns();
        for (Kernel kernel : Kernel.values()) {
            turns.with(kernel.title(), () -> kernel.perSecond(setting.effort(), DecryptionBenchmark.class, "answer"));
        }
        setting.findMyPy().map(FindMyPy::new).ifPresent(peer -> turns.with(FindMyPy.NAME, peer::decryptions));
        List<Series> series = turns.measure(setting);
        series.stream()
                .skip(1)
                .forEach(other ->
                        results.accept(new Comparison(WHAT, "reports/s", Comparison.Kind.RATE, series.get(0), other)));
    }
}
