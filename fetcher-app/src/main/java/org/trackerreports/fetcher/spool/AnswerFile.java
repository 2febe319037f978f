package org.trackerreports.fetcher.spool;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.trackerreports.fetcher.spool.SpooledAnswer.TrackerAnswer;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.report.EncryptedReport;

/** Writes and reads an answer as gzipped JSON. The length and checksum of gzip detect an incomplete file. */
final class AnswerFile {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // What a converter throws is told by read, in plain words.
            .disable(DeserializationFeature.WRAP_EXCEPTIONS)
            .build();

    private AnswerFile() {}

    /** The content of the file. Times are in UTC, in ISO 8601. A file of an earlier version does not name trackers without reports. */
    record Content(
            int version,
            String account,
            String from,
            String to,
            String receivedAt,

            @JsonSerialize(contentConverter = ToPart.class) @JsonDeserialize(contentConverter = OfPart.class)
            List<TrackerAnswer> trackers,

            @Nullable List<Long> withoutReports) {}

    /** A tracker. The two members of the alignment are null unless it is an accessory. */
    record Part(
            long trackerId,
            @Nullable String alignmentTime,
            @Nullable Integer alignmentIndex,
            List<Report> reports) {}

    /** A report. Both members are in base64. */
    record Report(String key, byte[] payload) {}

    // Tracker by tracker, because the parts of a whole answer take more memory than the answer.

    private static final class ToPart extends StdConverter<TrackerAnswer, Part> {
        @Override
        public Part convert(TrackerAnswer tracker) {
            return part(tracker);
        }
    }

    private static final class OfPart extends StdConverter<Part, TrackerAnswer> {
        @Override
        public TrackerAnswer convert(Part part) {
            return tracker(part);
        }
    }

    static void write(SpooledAnswer answer, OutputStream out) throws IOException {
        Content content = new Content(
                VERSION,
                answer.account(),
                answer.from().toString(),
                answer.to().toString(),
                answer.receivedAt().toString(),
                answer.trackers(),
                answer.withoutReports());
        GZIPOutputStream zipped = new GZIPOutputStream(out);
        JSON.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(zipped, content);
        zipped.finish();
    }

    private static Part part(TrackerAnswer tracker) {
        return new Part(
                tracker.trackerId(),
                tracker.alignment().map(each -> each.time().toString()).orElse(null),
                tracker.alignment().map(Alignment::index).orElse(null),
                tracker.reports().stream()
                        .map(report -> new Report(report.key().base64(), report.payload()))
                        .toList());
    }

    /**
     * Reads an answer.
     *
     * @throws IOException if the file is incomplete, damaged, or of another version
     */
    static SpooledAnswer read(InputStream in) throws IOException {
        try (GZIPInputStream unzipped = new GZIPInputStream(in)) {
            Content content = JSON.readValue(unzipped, Content.class);
            if (content.version() != VERSION) {
                throw new IOException("it has version " + content.version() + ", expected " + VERSION);
            }
            return new SpooledAnswer(
                    content.account(),
                    Instant.parse(content.from()),
                    Instant.parse(content.to()),
                    Instant.parse(content.receivedAt()),
                    content.trackers(),
                    Optional.ofNullable(content.withoutReports()).orElse(List.of()));
        } catch (JsonProcessingException e) {
            // Without the names of classes that lead to the place.
            throw new IOException(e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | DateTimeParseException | NullPointerException e) {
            throw new IOException("a member is missing or invalid", e);
        }
    }

    private static TrackerAnswer tracker(Part part) {
        Optional<Alignment> alignment = part.alignmentTime() == null || part.alignmentIndex() == null
                ? Optional.empty()
                : Optional.of(new Alignment(Instant.parse(part.alignmentTime()), part.alignmentIndex()));
        Map<String, HashedAdvertisementKey> keys = new HashMap<>();
        return new TrackerAnswer(
                part.trackerId(),
                alignment,
                part.reports().stream()
                        .map(report -> new EncryptedReport(
                                keys.computeIfAbsent(report.key(), HashedAdvertisementKey::new), report.payload()))
                        .toList());
    }
}
