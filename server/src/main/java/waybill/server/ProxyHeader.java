package waybill.server;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The header in front of a connection, in version 1 or 2 of the PROXY protocol.
///
/// @param length its bytes
/// @param sourceOrNone the address of the client; none if the proxy itself connects, as for a health check
record ProxyHeader(int length, @Nullable InetAddress sourceOrNone) {

    /// The maximum length of a header; a longer one is invalid.
    static final int LENGTH_MAX = 1_024;

    private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] V2 = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final int V1_LENGTH_MAX = 107;
    private static final int V2_FIXED = 16;
    private static final int V2_LOCAL = 0x20;
    private static final int V2_PROXY = 0x21;

    /// The result of parsing the first bytes of a connection.
    sealed interface Result {
        /// More bytes are needed.
        record Incomplete() implements Result {}

        /// It begins with something else.
        record Absent() implements Result {}

        record Malformed() implements Result {}

        record Present(ProxyHeader header) implements Result {}
    }

    Optional<InetAddress> source() {
        return Optional.ofNullable(sourceOrNone);
    }

    /// Parses without consuming bytes.
    static Result parse(ByteBuf bytes) {
        if (startsWith(bytes, V1)) {
            return bytes.readableBytes() < V1.length ? new Result.Incomplete() : version1(bytes);
        }
        if (startsWith(bytes, V2)) {
            return bytes.readableBytes() < V2_FIXED ? new Result.Incomplete() : version2(bytes);
        }
        return new Result.Absent();
    }

    /// Whether the bytes begin with the signature, or are a prefix of it.
    private static boolean startsWith(ByteBuf bytes, byte[] with) {
        var length = Math.min(bytes.readableBytes(), with.length);
        for (var i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static Result version1(ByteBuf bytes) {
        var end = bytes.bytesBefore((byte) '\n');
        if (end < 0) {
            return bytes.readableBytes() >= V1_LENGTH_MAX ? new Result.Malformed() : new Result.Incomplete();
        }
        if (end >= V1_LENGTH_MAX || bytes.getByte(bytes.readerIndex() + end - 1) != '\r') {
            return new Result.Malformed();
        }
        var line = bytes.toString(bytes.readerIndex(), end - 1, StandardCharsets.US_ASCII);
        var parts = line.split(" ", -1);
        if (parts[1].equals("UNKNOWN")) {
            return new Result.Present(new ProxyHeader(end + 1, null));
        }
        if (parts.length != 6 || !(parts[1].equals("TCP4") || parts[1].equals("TCP6"))) {
            return new Result.Malformed();
        }
        try {
            return new Result.Present(new ProxyHeader(end + 1, InetAddress.ofLiteral(parts[2])));
        } catch (IllegalArgumentException _) {
            return new Result.Malformed();
        }
    }

    private static Result version2(ByteBuf bytes) {
        var at = bytes.readerIndex() + V2.length;
        var command = bytes.getUnsignedByte(at);
        var length = V2_FIXED + bytes.getUnsignedShort(at + 2);
        if (length > LENGTH_MAX || !(command == V2_LOCAL || command == V2_PROXY)) {
            return new Result.Malformed();
        }
        if (bytes.readableBytes() < length) {
            return new Result.Incomplete();
        }
        var size = switch (bytes.getUnsignedByte(at + 1) >> 4) { // the address family; the transport does not matter
            case 1 -> 4;
            case 2 -> 16;
            default -> 0;
        };
        if (command == V2_LOCAL || size == 0) {
            return new Result.Present(new ProxyHeader(length, null));
        }
        if (length < V2_FIXED + 2 * size + 4) {
            return new Result.Malformed();
        }
        var source = new byte[size];
        bytes.getBytes(bytes.readerIndex() + V2_FIXED, source);
        try {
            return new Result.Present(new ProxyHeader(length, InetAddress.getByAddress(source)));
        } catch (UnknownHostException e) {
            throw new AssertionError(Arrays.toString(source), e); // it has the size of one
        }
    }
}
