package org.trackerreports.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Accounts, tags and faults as JSON, for the control API and for a file that is read at start. Members that a user leaves out
 * take the defaults of the Java API; unknown ones are refused.
 */
record Scenario(List<AccountJson> accounts, List<TagJson> tags, List<FaultJson> faults) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule().addDeserializer(Instant.class, new InstantReader()))
            .build();

    Scenario {
        accounts = Optional.ofNullable(accounts).orElse(List.of());
        tags = Optional.ofNullable(tags).orElse(List.of());
        faults = Optional.ofNullable(faults).orElse(List.of());
    }

    /**
     * Reads JSON of one of the types here.
     *
     * @throws IllegalArgumentException if it is not of this type; the message says what and where
     */
    static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new IllegalArgumentException("Found null where a JSON object is expected.");
            }
            return value;
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new IllegalArgumentException(e.getOriginalMessage() + where, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory cannot fail.", e);
        }
    }

    static Scenario read(Path file) {
        try {
            return read(Files.readAllBytes(file), Scenario.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The scenario " + file + " could not be read.", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The scenario " + file + " is wrong: " + e.getMessage(), e);
        }
    }

    void applyTo(Simulator simulator) {
        accounts.forEach(account -> simulator.accounts().add(account.toAccount()));
        tags.forEach(tag -> simulator.world().addTag(tag.toSpec()));
        faults.forEach(fault -> simulator.faults().add(fault.toFault()));
    }

    private static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** An account; with an account that exists, the members that are there change it. */
    record AccountJson(
            String appleId,
            String password,
            PasswordProtocol passwordProtocol,
            SecondFactor secondFactor,
            AccountCondition condition,
            Integer phoneNumbers,
            Boolean codeOnPage) {
        @Override
        public String toString() {
            return "AccountJson[hidden]";
        }

        SimulatedAccount toAccount() {
            if (appleId == null || password == null) {
                throw new IllegalArgumentException("An account needs appleId and password.");
            }
            return appliedTo(SimulatedAccount.of(appleId, password));
        }

        SimulatedAccount appliedTo(SimulatedAccount old) {
            return new SimulatedAccount(
                    old.appleId(),
                    or(password, old.password()),
                    or(passwordProtocol, old.passwordProtocol()),
                    or(secondFactor, old.secondFactor()),
                    or(condition, old.condition()),
                    or(phoneNumbers, old.phoneNumbers()),
                    or(codeOnPage, old.codeOnPage()));
        }
    }

    /** A fault. Without a limit it strikes once. */
    record FaultJson(
            Service service,
            FaultKind kind,
            Integer times,
            Double seconds,
            Double probability,
            String account,
            Double delaySeconds,
            Long retryAfterSeconds) {
        Fault toFault() {
            if (service == null || kind == null) {
                throw new IllegalArgumentException("A fault needs service and kind.");
            }
            boolean limited = times != null || seconds != null || probability != null;
            Fault fault = Fault.always(service, kind);
            return new Fault(
                    service,
                    kind,
                    or(times, limited ? Fault.ALWAYS : 1),
                    seconds == null ? Fault.FOREVER : duration(seconds),
                    or(probability, 1.0),
                    or(account, ""),
                    delaySeconds == null ? fault.delay() : duration(delaySeconds),
                    retryAfterSeconds == null ? fault.retryAfter() : Duration.ofSeconds(retryAfterSeconds));
        }

        private static Duration duration(double seconds) {
            return Duration.ofMillis(Math.round(seconds * 1000));
        }
    }

    private static final class InstantReader extends FromStringDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                JsonParser parser = context.getParser();
                throw new InvalidFormatException(
                        parser, "a time is of the form 2026-01-01T12:00:00Z, found " + value, value, Instant.class);
            }
        }
    }
}
