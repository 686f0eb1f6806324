package waybill.socketio.client;

import static waybill.socketio.client.TestArguments.list;
import static waybill.socketio.client.TestArguments.number;
import static waybill.socketio.client.TestArguments.text;
import static waybill.socketio.client.TestArguments.toStrings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Ack;
import waybill.socketio.AckException;
import waybill.socketio.Args;
import waybill.socketio.Broadcast;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// What a client test may ask the server to broadcast, and to ask other sockets.
final class AckRequests {

    private AckRequests() {}

    static void addTo(Namespace namespace) {
        addAckHandlers(namespace);
        addBroadcastHandlers(namespace);
    }

    private static void addAckHandlers(Namespace namespace) {
        namespace.on("never answered", (_, _, _) -> {});
        namespace.on("answered twice", (_, _, ack) -> {
            ack.send("first");
            ack.send("second");
        });
        namespace.on("ask me", (socket, args, ack) -> emitWithAck(namespace.to(socket.id()), socket, args, 0, ack));
        namespace.on("ask me when told", (socket, args, ack) -> {
            namespace.on("now", (_, _, later) -> emitWithAck(namespace.to(socket.id()), socket, args, 0, later));
            ack.send();
        });
        namespace.on(
                "ask other", (socket, args, ack) -> emitWithAck(namespace.to(text(args, 0)), socket, args, 1, ack));
    }

    /// The answers of one socket; asked alone where it is the one that wants to be asked.
    private static void emitWithAck(Broadcast target, Socket socket, Args args, int from, Ack ack) {
        var event = text(args, from);
        var timeout = Duration.ofMillis(number(args, from + 1));
        var what = list(args, from + 2).toArray();
        var answered = from == 0
                ? socket.timeout(timeout).emitWithAck(event, what).thenApply(Args::values)
                : target.timeout(timeout)
                        .emitWithAck(event, what)
                        .thenApply(all -> all.getFirst().values());
        answered.whenComplete((values, failure) -> {
            if (failure == null) {
                ack.send(Map.of("answer", values.size() == 1 ? Objects.requireNonNull(values.getFirst()) : values));
            } else {
                ack.send(Map.of("failure", cause(failure) instanceof AckException ? "timeout" : failure.toString()));
            }
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static void addBroadcastHandlers(Namespace namespace) {
        namespace.on("tell", (_, args, ack) -> {
            var how = (Map<?, ?>) Objects.requireNonNull(args.value(0));
            var target = namespace.to(toStrings(how.get("to")));
            if (how.get("except") != null) {
                target = target.except(toStrings(how.get("except")));
            }
            target.emit(String.valueOf(how.get("event")), TestArguments.values(how.get("args")));
            ack.send();
        });
        namespace.on("tell others", (socket, args, ack) -> {
            socket.to(text(args, 0)).emit(text(args, 1));
            ack.send();
        });
        namespace.on("poll", (_, args, ack) -> {
            var asked = new ArrayList<>(args.values()).subList(3, args.size());
            namespace
                    .in(text(args, 0))
                    .timeout(Duration.ofMillis(number(args, 2)))
                    .emitWithAck(text(args, 1), asked.toArray())
                    .whenComplete((answers, failure) -> ack.send(outcome(answers, failure)));
        });
    }

    private static Map<String, Object> outcome(@Nullable List<Args> answers, @Nullable Throwable failure) {
        if (failure != null && cause(failure) instanceof AckException missing) {
            return Map.of("missing", true, "answers", firstArguments(missing.acks()));
        }
        return Map.of("answers", firstArguments(Objects.requireNonNull(answers)));
    }

    private static List<@Nullable Object> firstArguments(List<Args> answers) {
        var firsts = new ArrayList<@Nullable Object>();
        answers.forEach(answer -> firsts.add(answer.value(0)));
        return firsts;
    }
}
