package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trackerreports.simulator.LoggedRequest;
import org.trackerreports.simulator.RequestLog;
import org.trackerreports.simulator.Service;

/** The fetch requests of each account, in the order in which the service received them. */
final class BudgetCheck {

    private final Map<String, List<Instant>> arrivals;

    private BudgetCheck(Map<String, List<Instant>> arrivals) {
        this.arrivals = arrivals;
    }

    static BudgetCheck of(RequestLog requests) {
        assertThat(requests.recent().size())
                .as("requests that the log still remembers, which must be all")
                .isLessThan(100_000);
        return new BudgetCheck(requests.recent(Service.GATEWAY).stream()
                .collect(Collectors.groupingBy(
                        LoggedRequest::account,
                        TreeMap::new,
                        Collectors.mapping(LoggedRequest::time, Collectors.toList()))));
    }

    /** How many requests the account made that made most. */
    int most() {
        return arrivals.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /** How many requests all made. */
    int requests() {
        return arrivals.values().stream().mapToInt(List::size).sum();
    }

    /** Checks that requests of an account are never closer than the gap, and never too many within the period. */
    void assertKept(Duration gap, int most, Duration period) {
        arrivals.forEach((account, unordered) -> {
            List<Instant> times = unordered.stream().sorted().toList();
            for (int number = 1; number < times.size(); number++) {
                assertThat(Duration.between(times.get(number - 1), times.get(number)))
                        .as("%s: the gap before request %s at %s", account, number + 1, times.get(number))
                        .isGreaterThanOrEqualTo(gap);
            }
            for (int number = most; number < times.size(); number++) {
                assertThat(Duration.between(times.get(number - most), times.get(number)))
                        .as("%s: the stretch in which %s requests were made", account, most + 1)
                        .isGreaterThanOrEqualTo(period);
            }
        });
    }
}
