package waybill.bench.load;

/// Parses the frames of a WebSocket server in place. It accepts only what a counting client needs: complete, unmasked,
/// unfragmented frames of a bounded length; any other frame closes the connection.
final class ServerFrames {

    /// Longer than any frame of a scenario.
    static final int PAYLOAD_MAX = 64 * 1024;

    private static final int FIN = 0x80;

    /// Receives frames. The bytes are valid only during the call.
    interface Listener {
        void onText(byte[] bytes, int from, int to);

        void onPing(byte[] bytes, int from, int to);

        void onClose(String reason);
    }

    private ServerFrames() {}

    /// Passes each complete frame in `bytes[from, to)` to `listener`; returns the start of the first incomplete
    /// one.
    static int parse(byte[] bytes, int from, int to, Listener listener) {
        var at = from;
        while (to - at >= 2) {
            var length = bytes[at + 1];
            if (length < 0) {
                listener.onClose("masked frame (expected: a server's, unmasked)");
                return to;
            }
            var header = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (to - at < header) {
                return at;
            }
            var payload = length < 126 ? length : number(bytes, at + 2, header - 2);
            if (payload > PAYLOAD_MAX || payload < 0) {
                listener.onClose("frame of " + payload + " bytes (expected: 0.." + PAYLOAD_MAX + ")");
                return to;
            }
            var end = at + header + (int) payload;
            if (end > to) {
                return at;
            }
            dispatch(bytes[at], bytes, at + header, end, listener);
            at = end;
        }
        return at;
    }

    private static void dispatch(byte first, byte[] bytes, int from, int to, Listener listener) {
        switch (first & 0xff) {
            case FIN | 1 -> listener.onText(bytes, from, to);
            case FIN | 9 -> listener.onPing(bytes, from, to);
            case FIN | 10 -> {}
            case FIN | 8 -> listener.onClose("close frame");
            default -> listener.onClose("frame begins with " + (first & 0xff) + " (expected: a whole text frame)");
        }
    }

    private static long number(byte[] bytes, int at, int length) {
        var number = 0L;
        for (var i = at; i < at + length; i++) {
            number = (number << 8) | (bytes[i] & 0xff);
        }
        return number;
    }
}
