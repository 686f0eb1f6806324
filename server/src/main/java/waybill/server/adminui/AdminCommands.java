package waybill.server.adminui;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.EventResponder;
import waybill.server.socket.EventTrace;
import waybill.socketio.Args;
import waybill.socketio.Broadcast;
import waybill.socketio.Namespace;
import waybill.socketio.RawJson;
import waybill.socketio.Socket;

/// Executes the commands of administrators, on the sockets of all nodes, and logs each with the administrator's name
/// under the logger `waybill.admin`.
///
/// @param namespaces all of the server, by name
/// @param counters of refused commands
record AdminCommands(
        Map<String, Namespace> namespaces, boolean isReadOnly, DialectCounters counters, InstantSource clock) {

    static final List<String> FEATURES =
            List.of("EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT");

    private static final int TEXT_MAX = 200;

    private static final int FIRST_ARGUMENT = 3;

    private static final Logger LOG = LoggerFactory.getLogger("waybill.admin");

    /// Parses the arguments of a command and executes it.
    private interface Command {

        /// Returns the line of the log, without the administrator's name.
        String execute(Args args) throws InvalidCommand;
    }

    private static final class InvalidCommand extends Exception {

        private final Refusal refusal;

        InvalidCommand(String field, String message) {
            super(message, null, false, false);
            refusal = Refusal.invalid(field, message);
        }
    }

    void register(Namespace admin) {
        register(admin, "emit", this::emit);
        register(admin, "join", this::join);
        register(admin, "leave", this::leave);
        register(admin, "_disconnect", this::disconnect);
    }

    private void register(Namespace admin, String event, Command command) {
        admin.on(event, (socket, args, ack) -> {
            if (socket.data() instanceof AdminSession session) {
                execute(command, socket, session, args, new EventResponder(socket, event, ack, counters));
            }
        });
    }

    private void execute(Command command, Socket socket, AdminSession session, Args args, EventResponder reply) {
        if (isReadOnly) {
            reply.failed(Refusal.forbidden(reply.event() + ": the Admin UI is read-only (expected: no command)"));
            return;
        }
        if (!session.commands.take(clock.millis())) {
            reply.failed(Refusal.tooMany(reply.event(), session.commands.retryAfterMs()));
            return;
        }
        try {
            var line = command.execute(args);
            LOG.info("{} from {}: {}", session.user, socket.handshake().address(), line);
            reply.ok();
        } catch (InvalidCommand e) {
            reply.failed(e.refusal);
        } catch (IllegalArgumentException e) { // the engine refuses the event
            reply.failed(Refusal.of(ErrorCode.INVALID, String.valueOf(e.getMessage())));
        }
    }

    private String emit(Args args) throws InvalidCommand {
        var namespace = namespace(args);
        var room = room(args, 1);
        var event = text(args, 2, "event");
        if (args.isBinary()) {
            throw new InvalidCommand("args", "args: binary (expected: JSON alone)");
        }
        var values = new @Nullable Object[Math.max(0, args.size() - FIRST_ARGUMENT)];
        for (int i = 0; i < values.length; i++) {
            values[i] = new RawJson(args.json(FIRST_ARGUMENT + i));
        }
        sockets(namespace, room).emit(event, values);
        return "emit " + EventTrace.name(event) + " to " + target(namespace, room);
    }

    private String join(Args args) throws InvalidCommand {
        var namespace = namespace(args);
        var room = text(args, 1, "room");
        var filter = room(args, 2);
        sockets(namespace, filter).socketsJoin(room);
        return "join " + EventTrace.name(room) + ": " + target(namespace, filter);
    }

    private String leave(Args args) throws InvalidCommand {
        var namespace = namespace(args);
        var room = text(args, 1, "room");
        var filter = room(args, 2);
        sockets(namespace, filter).socketsLeave(room);
        return "leave " + EventTrace.name(room) + ": " + target(namespace, filter);
    }

    private String disconnect(Args args) throws InvalidCommand {
        var namespace = namespace(args);
        var closes = Boolean.TRUE.equals(args.bool(1));
        var filter = room(args, 2);
        sockets(namespace, filter).disconnectSockets(closes);
        return (closes ? "close the connections of " : "disconnect ") + target(namespace, filter);
    }

    private Namespace namespace(Args args) throws InvalidCommand {
        var name = text(args, 0, "nsp");
        var found = namespaces.get(name);
        if (found == null) {
            throw new InvalidCommand("nsp", "nsp: " + EventTrace.name(name) + " (expected: a namespace of the hub)");
        }
        return found;
    }

    private static @Nullable String room(Args args, int index) throws InvalidCommand {
        var value = args.value(index);
        return value == null || "".equals(value) ? null : text(args, index, "filter");
    }

    private static String text(Args args, int index, String field) throws InvalidCommand {
        var text = args.string(index);
        if (text == null || text.isEmpty() || text.length() > TEXT_MAX) {
            throw new InvalidCommand(
                    field,
                    field + ": " + (text == null ? "missing" : text.length() + " characters") + " (expected: 1.."
                            + TEXT_MAX + " characters)");
        }
        return text;
    }

    private static Broadcast sockets(Namespace namespace, @Nullable String room) {
        return room == null ? namespace.all() : namespace.to(room);
    }

    private static String target(Namespace namespace, @Nullable String room) {
        return room == null ? "all sockets of " + namespace.name() : EventTrace.name(room) + " of " + namespace.name();
    }
}
