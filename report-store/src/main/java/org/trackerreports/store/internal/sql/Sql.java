package org.trackerreports.store.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its parameters on a connection. Parameters are bound in order: an {@link Instant} as {@code timestamptz}, an
 * {@link ArrayOf} as an array, everything else as the driver does it. A statement without parameters is sent as it is, so it may contain
 * question marks and several commands.
 */
public final class Sql {

    /** Turns the current row into a value. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Takes the current row. */
    @FunctionalInterface
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /**
     * An array parameter. The driver sends arrays of strings, numbers and bytes in their binary form, all others, also of mixed or
     * undeclared elements, as text, which costs more on both sides.
     *
     * @param type the PostgreSQL type of its elements
     * @param elements may contain null
     */
    public record ArrayOf(String type, @Nullable Object[] elements) {

        public static ArrayOf texts(Collection<String> elements) {
            return new ArrayOf("text", elements.toArray(String[]::new));
        }

        public static ArrayOf bigints(Collection<Long> elements) {
            return new ArrayOf("bigint", elements.toArray(Long[]::new));
        }

        public static ArrayOf uuids(Collection<UUID> elements) {
            return new ArrayOf("uuid", elements.toArray());
        }

        /** Sent as texts, because the driver has no array of times with microseconds in every zone. */
        public static ArrayOf times(Collection<Instant> elements) {
            return new ArrayOf(
                    "timestamptz", elements.stream().map(Instant::toString).toArray());
        }
    }

    private interface Work<T> {
        T on(ResultSet rows) throws SQLException;
    }

    private final Connection connection;
    private final String text;
    private final @Nullable Object[] parameters;
    private int fetchSize;

    private Sql(Connection connection, String text, @Nullable Object[] parameters) {
        this.connection = connection;
        this.text = text;
        this.parameters = parameters;
    }

    public static Sql on(Connection connection, String text, @Nullable Object... parameters) {
        return new Sql(connection, text, parameters);
    }

    /** Reads through a cursor on the server, this many rows at a time. Needs a transaction. */
    public Sql fetchSize(int rows) {
        fetchSize = rows;
        return this;
    }

    public void forEach(RowConsumer consumer) throws SQLException {
        query(rows -> {
            while (rows.next()) {
                consumer.accept(rows);
            }
            return true;
        });
    }

    public <T> List<T> list(RowMapper<T> mapper) throws SQLException {
        List<T> all = new ArrayList<>();
        forEach(row -> all.add(mapper.map(row)));
        return all;
    }

    /** The first row; empty if there is none. */
    public <T> Optional<T> first(RowMapper<T> mapper) throws SQLException {
        return query(rows -> rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty());
    }

    /** The only row of a query that always returns one. */
    public <T> T one(RowMapper<T> mapper) throws SQLException {
        return query(rows -> {
            rows.next();
            return mapper.map(rows);
        });
    }

    /** Runs a command and returns the number of changed rows. */
    public int update() throws SQLException {
        try (PreparedStatement statement = prepared()) {
            return statement.executeUpdate();
        }
    }

    /** Runs commands whose results do not matter. */
    public void execute() throws SQLException {
        if (parameters.length > 0) {
            try (PreparedStatement statement = prepared()) {
                statement.execute();
            }
        } else {
            try (Statement statement = connection.createStatement()) {
                statement.execute(text);
            }
        }
    }

    private <T> T query(Work<T> work) throws SQLException {
        if (parameters.length > 0) {
            try (PreparedStatement statement = prepared();
                    ResultSet rows = statement.executeQuery()) {
                return work.on(rows);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(fetchSize);
            try (ResultSet rows = statement.executeQuery(text)) {
                return work.on(rows);
            }
        }
    }

    private PreparedStatement prepared() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            statement.setFetchSize(fetchSize);
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        if (value instanceof ArrayOf array) {
            statement.setArray(place, connection.createArrayOf(array.type(), array.elements()));
        } else if (value instanceof Instant instant) {
            statement.setObject(place, instant.atOffset(ZoneOffset.UTC));
        } else {
            statement.setObject(place, value);
        }
    }

    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** The time in a column that is never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static OptionalDouble optionalDouble(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    public static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    public static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
