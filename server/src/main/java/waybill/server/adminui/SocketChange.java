package waybill.server.adminui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Args;
import waybill.socketio.Socket;

/// Something that happened to an observed socket.
sealed interface SocketChange {

    /// Characters of the arguments of an event that are sent; more are told by their number.
    int ARGUMENTS_MAX = 4_096;

    Socket socket();

    Instant at();

    /// A socket is observed from now on.
    ///
    /// @param rooms those that it is in
    record Observed(Socket socket, Set<String> rooms, Instant at) implements SocketChange {}

    record Disconnected(Socket socket, String reason, Instant at) implements SocketChange {}

    record RoomJoined(Socket socket, String room, Instant at) implements SocketChange {}

    record RoomLeft(Socket socket, String room, Instant at) implements SocketChange {}

    /// The transport or the user of the socket is another one.
    record Updated(Socket socket, Instant at) implements SocketChange {}

    /// An event that was sent or received.
    ///
    /// @param isSent whether the hub has sent the event, instead of received it
    record Event(Socket socket, boolean isSent, String name, Args args, Instant at) implements SocketChange {

        /// The name and the arguments, without secrets.
        List<@Nullable Object> shown() {
            var shown = new ArrayList<@Nullable Object>();
            shown.add(name);
            var length = args.toString().length();
            if (name.startsWith("auth:")) {
                shown.add(Redaction.HIDDEN);
            } else if (length > ARGUMENTS_MAX) {
                shown.add("(" + length + " characters)");
            } else {
                args.values().forEach(value -> shown.add(Redaction.value(value)));
            }
            return shown;
        }
    }
}
