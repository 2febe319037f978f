package org.trackerreports.fetcher.operations;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trackerreports.fetcher.operations.Page.Reply;

/** All pages of the endpoint. Reading them changes nothing. Thread-safe. */
record Pages(Health health, StatusPage status, PrometheusMeterRegistry registry) {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Inject
    Pages {}

    /** The pages by their paths. */
    Map<String, Page> byPath() {
        return Map.of(
                "/health/live", () -> health(health.live()),
                "/health/ready", () -> health(health.ready()),
                "/metrics", this::metrics,
                "/status", () -> json(200, status.content()));
    }

    private Reply health(HealthReport report) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("status", level(report.level()));
        content.put("checks", report.checks().stream().map(Pages::check).toList());
        return json(report.healthy() ? 200 : 503, content);
    }

    private static String level(HealthCheck.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> check(HealthCheck check) {
        Map<String, String> content = new LinkedHashMap<>();
        content.put("name", check.name());
        content.put("status", level(check.level()));
        content.put("cause", check.cause());
        if (!check.next().isEmpty()) {
            content.put("next", check.next());
        }
        return content;
    }

    private Reply metrics() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        registry.scrape(text, PROMETHEUS_TEXT);
        return new Reply(200, PROMETHEUS_TEXT, text.toByteArray());
    }

    private static Reply json(int status, Map<String, ? extends @Nullable Object> content) throws IOException {
        return new Reply(status, "application/json", JSON.writeValueAsBytes(content));
    }
}
