package waybill.server.realtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.Socket;

/// Writes down every event that is heard, with its payload, under the logger `waybill.events`. For people: what must be
/// kept is in the event log on disk.
final class EventTrace {

    /// Characters of a payload that are shown.
    private static final int PAYLOAD_MAX = 500;

    private static final Logger LOG = LoggerFactory.getLogger("waybill.events");

    private EventTrace() {}

    static void heard(Socket socket, String event, String payload) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{} {} from {} {}", socket.namespace().name(), event, socket.id(), shown(payload));
        }
    }

    private static String shown(String payload) {
        var oneLine = payload.replace('\n', ' ').replace('\r', ' '); // JSON may hold line ends between its tokens
        return oneLine.length() <= PAYLOAD_MAX
                ? oneLine
                : oneLine.substring(0, PAYLOAD_MAX) + "… (" + oneLine.length() + " characters)";
    }
}
