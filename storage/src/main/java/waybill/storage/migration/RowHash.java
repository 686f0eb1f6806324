package waybill.storage.migration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many rows there are and what they hold, in whatever order they come: the sum of the hashes of the rows.
final class RowHash {

    private static final byte NULL = 0;
    private static final byte NUMBER = 1;
    private static final byte FRACTION = 2;
    private static final byte TEXT = 3;
    private static final byte BYTES = 4;

    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 + Long.BYTES);
    private long rows;
    private long high;
    private long low;

    RowHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    void add(List<@Nullable Object> row) {
        for (var value : row) {
            switch (value) {
                case null -> put(NULL, 0);
                case Long number -> put(NUMBER, number);
                case Double fraction -> put(FRACTION, Double.doubleToLongBits(fraction));
                case String text -> put(TEXT, text.getBytes(StandardCharsets.UTF_8));
                case byte[] bytes -> put(BYTES, bytes);
                default -> throw new IllegalArgumentException("value: " + value.getClass() + " (expected: of SQL)");
            }
        }
        var sum = ByteBuffer.wrap(digest.digest());
        high += sum.getLong();
        low += sum.getLong();
        rows++;
    }

    private void put(byte kind, byte[] bytes) {
        put(kind, bytes.length);
        digest.update(bytes);
    }

    private void put(byte kind, long number) {
        digest.update(buffer.clear().put(kind).putLong(number).flip());
    }

    long rows() {
        return rows;
    }

    boolean isSame(RowHash other) {
        return rows == other.rows && high == other.high && low == other.low;
    }

    @Override
    public String toString() {
        var format = HexFormat.of();
        return format.toHexDigits(high) + format.toHexDigits(low);
    }
}
