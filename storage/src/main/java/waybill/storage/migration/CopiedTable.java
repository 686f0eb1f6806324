package waybill.storage.migration;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import waybill.storage.sql.OrderWordIndex;

/// A table that is copied: its name, and its columns with their types in PostgreSQL.
record CopiedTable(String name, List<Column> columns) {

    /// Which orders are in the full-text index: the hub makes another one.
    private static final String UNINDEXED = " WHERE name <> '" + OrderWordIndex.PROGRESS + "'";

    /// @param type as `information_schema` names it
    record Column(String name, String type, boolean isIdentity) {

        @Nullable
        Object read(ResultSet row, int index) throws SQLException {
            Object value = switch (type) {
                case "bigint", "integer" -> row.getLong(index);
                case "double precision" -> row.getDouble(index);
                case "text" -> row.getString(index);
                case "bytea" -> row.getBytes(index);
                default -> throw unknown();
            };
            return row.wasNull() ? null : value;
        }

        void write(PreparedStatement insert, int index, @Nullable Object value) throws SQLException {
            if (type.equals("integer") && value instanceof Long number) {
                insert.setInt(index, Math.toIntExact(number));
            } else {
                insert.setObject(index, value, sqlType());
            }
        }

        private int sqlType() {
            return switch (type) {
                case "bigint" -> Types.BIGINT;
                case "integer" -> Types.INTEGER;
                case "double precision" -> Types.DOUBLE;
                case "text" -> Types.VARCHAR;
                case "bytea" -> Types.BINARY;
                default -> throw unknown();
            };
        }

        private IllegalStateException unknown() {
            return new IllegalStateException(
                    "column " + name + ": of type " + type + " (expected: one that is copied)");
        }
    }

    String select() {
        return "SELECT " + names() + " FROM " + name + (name.equals("progress") ? UNINDEXED : "");
    }

    String count() {
        return "SELECT count(*) FROM " + name;
    }

    String insert() {
        return "INSERT INTO " + name + " (" + names() + ") VALUES (?" + ", ?".repeat(columns.size() - 1) + ")";
    }

    private String names() {
        return columns.stream().map(column -> '"' + column.name + '"').collect(Collectors.joining(", "));
    }

    List<@Nullable Object> read(ResultSet row) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        for (var i = 0; i < columns.size(); i++) {
            values.add(columns.get(i).read(row, i + 1));
        }
        return values;
    }

    void write(PreparedStatement insert, List<@Nullable Object> values) throws SQLException {
        for (var i = 0; i < columns.size(); i++) {
            columns.get(i).write(insert, i + 1, values.get(i));
        }
    }

    /// The characters and bytes of a row.
    static long size(List<@Nullable Object> values) {
        var size = 0L;
        for (var value : values) {
            size += switch (value) {
                case String text -> text.length();
                case byte[] bytes -> bytes.length;
                case null, default -> Long.BYTES;
            };
        }
        return size;
    }

    /// Where a row has text that PostgreSQL cannot store; empty if nowhere.
    List<String> columnsWithNul(List<@Nullable Object> values) {
        var found = new ArrayList<String>();
        for (var i = 0; i < columns.size(); i++) {
            if (values.get(i) instanceof String text && text.indexOf('\0') >= 0) {
                found.add(name + "." + columns.get(i).name);
            }
        }
        return found;
    }
}
