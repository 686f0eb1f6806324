package waybill.bench.load;

/// Takes the frames of a WebSocket server apart, in place. It trusts the server as far as a client that
/// only counts may: whole, unmasked, unfragmented frames of a bounded length, and anything else ends the line.
final class ServerFrames {

    /// A longer frame than any scenario asks for.
    static final int PAYLOAD_MAX = 64 * 1024;

    private static final int FIN = 0x80;

    /// What a frame is told to. The bytes are only lent: they change when the call is over.
    interface Listener {
        void onText(byte[] bytes, int from, int to);

        void onPing(byte[] bytes, int from, int to);

        void onClose(String why);
    }

    private ServerFrames() {}

    /// Tells `listener` of each whole frame in `bytes[from, to)`, and returns where the first unfinished one begins.
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
