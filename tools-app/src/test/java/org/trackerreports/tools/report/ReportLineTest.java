package org.trackerreports.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.report.DecryptionOutcome;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportFlag;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.history.FlagFilter;

/** Which of the reports that it received a command shows. */
class ReportLineTest {

    private static final Instant SEEN = Instant.parse("2026-03-01T12:00:00Z");

    private final EncryptedReport encrypted =
            new EncryptedReport(PrivateTrackerKey.generate(new SecureRandom()).hashed(), new byte[88]);

    @Test
    void everyFlagKeepsAReportOutUnlessItIsAskedFor() {
        ReportLine plain = line(located());
        ReportLine unreadable = line(new Undecryptable(encrypted, Undecryptable.Reason.INVALID_POINT, "made up"));
        List<ReportLine> flagged =
                Stream.of(ReportFlag.values()).map(flag -> line(located(flag))).toList();

        assertThat(flagged).isNotEmpty().allSatisfy(line -> {
            assertThat(line.flagged()).isTrue();
            assertThat(line.isIn(FlagFilter.WITHOUT)).isFalse();
            assertThat(line.isIn(FlagFilter.WITH)).isTrue();
            assertThat(line.isIn(FlagFilter.ONLY)).isTrue();
        });
        assertThat(List.of(plain, unreadable)).allSatisfy(line -> {
            assertThat(line.flagged()).isFalse();
            assertThat(line.isIn(FlagFilter.WITHOUT)).isTrue();
            assertThat(line.isIn(FlagFilter.WITH)).isTrue();
            assertThat(line.isIn(FlagFilter.ONLY)).isFalse();
        });
    }

    @Test
    void aPlaceThatIsNotOnEarthIsNoPosition() {
        LocationReport place = new LocationReport(
                encrypted, SEEN, 90.0000001, 13, 20, 2, 64, Set.of(ReportFlag.COORDINATES_OUT_OF_RANGE));
        assertThat(line(place).json().has("lat")).isFalse();
        assertThat(line(place).json().get("flags").get(0).asText()).isEqualTo("COORDINATES_OUT_OF_RANGE");
        assertThat(line(located()).json().get("lat").asDouble()).isZero();
        StringWriter out = new StringWriter();
        ReportLine.table(List.of(line(place))).print(new PrintWriter(out, true));
        ReportLine.fullTable(List.of(line(place)), SEEN).print(new PrintWriter(out, true));
        assertThat(out.toString()).contains("COORDINATES_OUT_OF_RANGE").doesNotContain("90.", "13.");
    }

    private LocationReport located(ReportFlag... flags) {
        return new LocationReport(encrypted, SEEN, 0, 0, 20, 2, 64, Set.of(flags));
    }

    private static ReportLine line(DecryptionOutcome outcome) {
        return new ReportLine("Bike", outcome, SEEN);
    }
}
