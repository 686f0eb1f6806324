package waybill.socketio.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;

/// Packets to text and back, without their attachments. Stateless and total.
///
/// ```
///  2/nsp,12["event",…]          51-/nsp,12["event",{placeholder}]
///  ││    │ └ data               ││
///  ││    └ ack id, if any       │└ attachments that follow, and a dash
///  │└ namespace, if not "/"     └ type
///  └ type
/// ```
public final class PacketCodec {

    private static final char CONNECT = '0';
    private static final char DISCONNECT = '1';
    private static final char EVENT = '2';
    private static final char ACK = '3';
    private static final char CONNECT_ERROR = '4';
    private static final char BINARY_EVENT = '5';
    private static final char BINARY_ACK = '6';

    private static final int ACK_DIGITS_MAX = 16; // those of ACK_ID_MAX
    private static final int COUNT_DIGITS_MAX = 6;

    private static final StringCache NAMESPACES = new StringCache();

    private PacketCodec() {}

    /// A packet parsed from its text, and how many attachments must follow before it is complete.
    record PacketHead(Packet packet, int attachments) {}

    static PacketHead decode(String text, PacketLimits limits) throws ProtocolException {
        if (text.isEmpty()) {
            throw new ProtocolException("empty packet (expected: a type 0..6)");
        }
        char type = text.charAt(0);
        int at = 1;
        int attachments = 0;
        if (type == BINARY_EVENT || type == BINARY_ACK) {
            int dash = digitsEnd(text, 1);
            attachments = attachments(text, dash, limits.attachmentsMax());
            at = dash + 1;
        }
        var namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            namespace = withoutQuery(text, at, end);
            if (namespace.length() > limits.namespaceMax()) {
                throw new ProtocolException("namespace: " + namespace.length() + " characters (expected: at most "
                        + limits.namespaceMax() + ")");
            }
            at = comma < 0 ? end : comma + 1;
        }
        var packet = switch (type) {
            case CONNECT -> connect(namespace, text.substring(at), limits);
            case DISCONNECT -> disconnect(namespace, text.substring(at));
            case EVENT, BINARY_EVENT -> event(namespace, text, at, attachments, limits);
            case ACK, BINARY_ACK -> ack(namespace, text, at, attachments, limits);
            case CONNECT_ERROR -> connectError(namespace, text.substring(at), limits);
            default -> throw new ProtocolException("packet type: '" + type + "' (expected: 0..6)");
        };
        return new PacketHead(packet, attachments);
    }

    private static Packet connect(String namespace, String auth, PacketLimits limits) throws ProtocolException {
        if (auth.isEmpty()) {
            return new Packet.Connect(namespace, null);
        }
        if (auth.charAt(0) != '{') {
            throw new ProtocolException("auth: begins with '" + auth.charAt(0) + "' (expected: an object)");
        }
        if (auth.length() > limits.authMax()) {
            throw new ProtocolException(
                    "auth: " + auth.length() + " characters (expected: at most " + limits.authMax() + ")");
        }
        JsonScanner.check(auth, 1, limits.depthMax()); // as deep as an argument may be, which is inside an array
        return new Packet.Connect(namespace, auth);
    }

    private static Packet disconnect(String namespace, String data) throws ProtocolException {
        if (!data.isEmpty()) {
            throw new ProtocolException("data on a disconnect (expected: none)");
        }
        return new Packet.Disconnect(namespace);
    }

    private static Packet connectError(String namespace, String data, PacketLimits limits) throws ProtocolException {
        JsonScanner.check(data, 0, limits.depthMax());
        return new Packet.ConnectError(namespace, data);
    }

    private static Packet event(String namespace, String text, int at, int attachments, PacketLimits limits)
            throws ProtocolException {
        int end = digitsEnd(text, at);
        requireShortName(text, end, limits.eventMax());
        var data = JsonArray.scan(text.substring(end), limits.depthMax());
        if (data.size() == 0 || !data.isEventName(0)) {
            throw new ProtocolException(
                    "event without a name (expected: an array that begins with a string or a number)");
        }
        requireAttachments(data, attachments);
        return new Packet.Event(namespace, ackId(text, at, end), data, List.of());
    }

    /// Before all of the text is looked at: the first element of an array that begins at `from` ends soon.
    static void requireShortName(String json, int from, int max) throws ProtocolException {
        int start = from;
        while (start < json.length() && isBeforeName(json.charAt(start))) {
            start++;
        }
        boolean isText = start < json.length() && json.charAt(start) == '"';
        int last = start + max + (isText ? 1 : 0); // where what is behind the name may be
        if (last >= json.length() || (isText ? endsText(json, start + 1, last) : endsNumber(json, start + 1, last))) {
            return;
        }
        throw new ProtocolException("event: a longer name (expected: at most " + max + " characters)");
    }

    private static boolean isBeforeName(char c) {
        return c == '[' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean endsText(String json, int from, int last) {
        int quote = json.indexOf('"', from, last + 1);
        if (quote >= 0 && json.charAt(quote - 1) != '\\') {
            return true;
        }
        for (int at = from; at <= last; at++) {
            char c = json.charAt(at);
            if (c == '"') {
                return true;
            }
            if (c == '\\') {
                at++;
            }
        }
        return false;
    }

    private static boolean endsNumber(String json, int from, int last) {
        for (int at = from; at <= last; at++) {
            char c = json.charAt(at);
            if (c == ',' || c == ']') {
                return true;
            }
        }
        return false;
    }

    private static Packet ack(String namespace, String text, int at, int attachments, PacketLimits limits)
            throws ProtocolException {
        int end = digitsEnd(text, at);
        if (end == at) {
            throw new ProtocolException("ack without an id (expected: digits before the data)");
        }
        var data = JsonArray.scan(text.substring(end), limits.depthMax());
        requireAttachments(data, attachments);
        return new Packet.AckPacket(namespace, ackId(text, at, end), data, List.of());
    }

    /// In a packet without attachments a placeholder is an object like any other, as it is to the JavaScript
    /// server.
    private static void requireAttachments(JsonArray data, int attachments) throws ProtocolException {
        if (attachments > 0) {
            Placeholders.check(data, attachments);
        }
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int attachments(String text, int dash, int attachmentsMax) throws ProtocolException {
        if (dash == 1 || dash == text.length() || text.charAt(dash) != '-') {
            throw new ProtocolException("attachment count (expected: digits and '-' after the type)");
        }
        int count = dash - 1 > COUNT_DIGITS_MAX ? Integer.MAX_VALUE : Integer.parseInt(text, 1, dash, 10);
        if (count == 0) {
            throw new ProtocolException("attachments: none (expected: at least 1 in a binary packet)");
        }
        if (count > attachmentsMax) {
            throw new ProtocolException("attachments: too many (expected: at most " + attachmentsMax + ")");
        }
        return count;
    }

    private static long ackId(String text, int from, int to) throws ProtocolException {
        if (from == to) {
            return Packet.NO_ACK;
        }
        long id = to - from > ACK_DIGITS_MAX ? Long.MAX_VALUE : Long.parseLong(text, from, to, 10);
        if (id > Packet.ACK_ID_MAX) {
            throw new ProtocolException("ack id: too large (expected: at most " + Packet.ACK_ID_MAX + ")");
        }
        return id;
    }

    /// A client may put a query behind the namespace's name; it is no part of it.
    private static String withoutQuery(String text, int from, int to) {
        int query = text.indexOf('?', from, to);
        return NAMESPACES.substring(text, from, query < 0 ? to : query);
    }

    /// The whole text; attachments travel beside it.
    public static String encode(Packet packet) {
        return head(packet) + data(packet);
    }

    /// What goes before the data: type, count of attachments, namespace, ack id.
    public static String head(Packet packet) {
        return switch (packet) {
            case Packet.Connect(var namespace, var _) -> head(CONNECT, namespace);
            case Packet.Disconnect(var namespace) -> head(DISCONNECT, namespace);
            case Packet.ConnectError(var namespace, var _) -> head(CONNECT_ERROR, namespace);
            case Packet.Event(var namespace, long id, var _, var attachments) ->
                attachments.isEmpty() ? head(EVENT, namespace, id) : head(BINARY_EVENT, attachments, namespace, id);
            case Packet.AckPacket(var namespace, long id, var _, var attachments) ->
                attachments.isEmpty() ? head(ACK, namespace, id) : head(BINARY_ACK, attachments, namespace, id);
        };
    }

    private static String head(char type, String namespace) {
        return namespace.equals("/") ? String.valueOf(type) : type + namespace + ",";
    }

    private static String head(char type, String namespace, long id) {
        return id == Packet.NO_ACK ? head(type, namespace) : head(type, namespace) + id;
    }

    private static String head(char type, List<byte[]> attachments, String namespace, long id) {
        var space = namespace.equals("/") ? "" : namespace + ",";
        return type + (attachments.size() + "-") + space + (id == Packet.NO_ACK ? "" : id);
    }

    /// The data: JSON, or nothing.
    public static String data(Packet packet) {
        return switch (packet) {
            case Packet.Connect(var _, @Nullable String auth) -> auth == null ? "" : auth;
            case Packet.Disconnect _ -> "";
            case Packet.ConnectError(var _, var data) -> data;
            case Packet.Event(var _, var _, var data, var _) -> data.json();
            case Packet.AckPacket(var _, var _, var data, var _) -> data.json();
        };
    }

    public static List<byte[]> attachments(Packet packet) {
        return switch (packet) {
            case Packet.Event(var _, var _, var _, var attachments) -> attachments;
            case Packet.AckPacket(var _, var _, var _, var attachments) -> attachments;
            case Packet.Connect _, Packet.Disconnect _, Packet.ConnectError _ -> List.of();
        };
    }
}
