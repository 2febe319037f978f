package org.trackerreports.core.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LogSettingsTest {

    @Test
    void noTextCanForgeAJsonLineOrControlATerminal() throws IOException {
        LoggerContext context = new LoggerContext();
        String hostile = "x\r\n{\"level\":\"INFO\"}\u001b[2J\u202e\u2066\u009b\u2028\u200f\ud800";
        LoggingEvent event = new LoggingEvent(
                "caller",
                context.getLogger("org.trackerreports.test"),
                ch.qos.logback.classic.Level.WARN,
                "{}, \ud83d\udeb2 Z\u00fcrich",
                new IllegalStateException(hostile),
                new Object[] {hostile});
        String line =
                new String(LogSettings.jsonEncoder(context).encode(event), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(line)
                .hasLineCount(1)
                .endsWith("}\n")
                .doesNotContain("\r", "\u001b", "\u202e", "\u2066", "\u009b", "\u2028", "\u200f");
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("formattedMessage").asText())
                .startsWith("x\r\n{\"level\":\"INFO\"}")
                .endsWith(", \ud83d\udeb2 Z\u00fcrich");
        assertThat(json.path("throwable").path("message").asText()).startsWith("x\r\n{");
    }

    @Test
    void aJsonLineHoldsTimeLevelLoggerTextAndException() throws IOException {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "caller",
                context.getLogger("org.trackerreports.test"),
                ch.qos.logback.classic.Level.WARN,
                "Account {} said \"{}\"\nand more.",
                new IllegalStateException("broken"),
                new Object[] {"main", "no"});
        event.setTimeStamp(1_772_366_400_000L);
        JsonEncoder encoder = LogSettings.jsonEncoder(context);
        String line = new String(encoder.encode(event), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(line).endsWith("\n").hasLineCount(1);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("timestamp").asLong()).isEqualTo(1_772_366_400_000L);
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("loggerName").asText()).isEqualTo("org.trackerreports.test");
        assertThat(json.path("formattedMessage").asText()).isEqualTo("Account main said \"no\"\nand more.");
        assertThat(json.path("throwable").path("message").asText()).isEqualTo("broken");
    }
}
