package waybill.server.socket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.Socket;

/// Logs events of clients under the logger `waybill.events`: admitted events with their payload, and the number of
/// rate-limited ones. For operators: the durable record is the event log.
///
/// Payloads are logged without what [Secrets] knows, and of an event that the hub does not have, only the size is: its
/// fields mean nothing to the hub.
///
/// Names and payloads are text from clients, so they are cut, and control characters are written as `\u001b`. A
/// line is never longer than [#LINE_MAX] characters and its fixed text.
public final class EventTrace {

    /// Characters of an event's name in the log and in acks.
    static final int NAME_MAX = 60;

    /// Characters of a payload in the log.
    private static final int PAYLOAD_MAX = 500;

    /// Characters of a line that a client can fill, if all of them are escaped.
    static final int LINE_MAX = 6 * (NAME_MAX + PAYLOAD_MAX);

    /// The time between two lines about rejected events.
    static final long REJECTED_EVERY_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger("waybill.events");
    private static final Logger SENT = LoggerFactory.getLogger("waybill.sent");
    private static final RejectionCounter REJECTED = new RejectionCounter();

    private EventTrace() {}

    /// An event that is about to be handled.
    public static void received(Socket socket, String event, String payload) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{} {} from {} {}", socket.namespace().name(), name(event), socket.id(), excerpt(payload));
        }
    }

    /// An event that the hub does not have.
    public static void unknown(Socket socket, String event, String payload) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} {} from {}, which is no event of the hub ({} characters)",
                    socket.namespace().name(),
                    name(event),
                    socket.id(),
                    payload.length());
        }
    }

    /// An event that was rejected by the rate limit. It has no line of its own, because a rejected client would
    /// otherwise determine how fast the log grows.
    public static void rejected(Socket socket, String event, long nowMs) {
        var count = REJECTED.add(nowMs);
        if (count > 0 && LOG.isInfoEnabled()) {
            LOG.info(
                    "{} events were rejected as rate_limited since the last such line; the newest: {} {} from {}",
                    count,
                    socket.namespace().name(),
                    name(event),
                    socket.id());
        }
    }

    /// An event that was sent, once per broadcast to these rooms. Off by default.
    ///
    /// @param where the dialect, or `/caps`
    public static void sent(String where, Iterable<String> rooms, String event, String payload) {
        if (SENT.isInfoEnabled()) {
            SENT.info(
                    "{} {} to {} {}", where, event, printable(String.join(" ", rooms), PAYLOAD_MAX), excerpt(payload));
        }
    }

    /// The same for an event to one socket.
    public static void sent(Socket socket, String event, String payload) {
        if (SENT.isInfoEnabled()) {
            SENT.info("{} {} to {} {}", socket.namespace().name(), event, socket.id(), excerpt(payload));
        }
    }

    /// The name of an event, cut and escaped for the log.
    public static String name(String event) {
        return printable(event, NAME_MAX);
    }

    static String excerpt(String payload) {
        if (payload.length() <= PAYLOAD_MAX) {
            return printable(Secrets.hideIn(payload), LINE_MAX);
        }
        return printable(Secrets.hideIn(payload.substring(0, PAYLOAD_MAX)), LINE_MAX) + "… (" + payload.length()
                + " characters)";
    }

    /// The first `max` characters of a text, with control characters escaped.
    static String printable(String text, int max) {
        var shown = text.length() <= max ? text : text.substring(0, max) + "…";
        for (var i = 0; i < shown.length(); i++) {
            if (!isPrintable(shown.charAt(i))) {
                return escaped(shown);
            }
        }
        return shown;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isPrintable(c)) {
                escaped.append(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                escaped.append(' '); // JSON may hold them between its tokens
            } else {
                escaped.append("\\u%04x".formatted((int) c));
            }
        }
        return escaped.toString();
    }

    /// Controls move the cursor or end the line, and formats turn the direction of what follows.
    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /// Counts the rejected events since the last line. Thread-safe.
    static final class RejectionCounter {

        private long count;
        private long loggedAtMs = Long.MIN_VALUE;

        /// The number to log now, or 0 if the last line is too recent.
        synchronized long add(long nowMs) {
            count++;
            if (loggedAtMs != Long.MIN_VALUE && nowMs - loggedAtMs < REJECTED_EVERY_MS && nowMs >= loggedAtMs) {
                return 0;
            }
            var logged = count;
            count = 0;
            loggedAtMs = nowMs;
            return logged;
        }
    }
}
