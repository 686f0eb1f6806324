package waybill.server.realtime;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.OrderCommand;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.order.Relay;
import waybill.server.dialect.CapsDialect;
import waybill.server.dialect.CapsHeard;
import waybill.server.dialect.Profile;
import waybill.socketio.Args;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Handshake;
import waybill.socketio.Middleware;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// Hears what is said on `/caps`, has the dialect make sense of it, and has it done.
///
/// A socket is believed what it claims. It hears pickups unless it is a vendor's: it says so (`role`), or it places a
/// parcel
/// for a store that it has joined, and has not subscribed to pickups. A driver is who it says (`driverId` or `clientId`
/// in
/// the handshake), and otherwise only as good as its connection.
public final class CapsNamespace {

    /// The name under which the relay of this namespace remembers its place.
    public static final String RELAY = "caps";

    /// Runs of `getAll` that one socket may have under way.
    private static final int CATCHING_UP_MAX = 8;

    private static final Set<String> VENDOR_ROLES = Set.of("vendor", "merchant", "chef");

    private enum Kind {
        SESSION,
        ORDER_WORK,
        RECEIPT
    }

    private final CapsServices services;
    private final Senders senders = new Senders();
    private final Namespace namespace;

    /// Takes over the namespace: its handlers are these.
    public CapsNamespace(Namespace namespace, CapsServices services) {
        this.namespace = namespace;
        this.services = services;
        namespace.use(this::admit);
        namespace.onConnection(this::connected);
        namespace.onDisconnect(this::disconnected);
        on("join", Kind.SESSION, CapsDialect::join);
        on("subscribe", Kind.SESSION, CapsDialect::subscribe);
        on("unsubscribe", Kind.SESSION, CapsDialect::unsubscribe);
        on("getAll", Kind.SESSION, CapsDialect::getAll);
        on("pickup", Kind.ORDER_WORK, CapsDialect::pickup);
        on("in-transit", Kind.ORDER_WORK, CapsDialect::inTransit);
        on("delivered", Kind.ORDER_WORK, CapsDialect::delivered);
        on("scan", Kind.ORDER_WORK, CapsDialect::scan);
        on("received", Kind.RECEIPT, CapsDialect::received);
    }

    /// Who tells the namespace what has happened.
    public Relay.World news() {
        return new CapsNews(namespace, services.present(), senders);
    }

    private void admit(Socket socket, Middleware.Next next) {
        var word = socket.handshake().query("profile");
        if (word != null && Profile.of(word).isEmpty()) {
            next.refuse("profile: " + word + " (expected: phase2 or phase3)", Map.of("code", "invalid"));
        } else {
            next.proceed();
        }
    }

    private void connected(Socket socket) {
        var client = socket.data() instanceof CapsClient known ? known : greet(socket);
        services.present().came(socket.id(), client.profile);
    }

    private CapsClient greet(Socket socket) {
        var handshake = socket.handshake();
        var profile = Optional.ofNullable(handshake.query("profile"))
                .flatMap(Profile::of)
                .orElse(services.profile());
        var driver = claim(handshake, "driverId").or(() -> claim(handshake, "clientId"));
        var actor = driver.map(id -> new Actor(Actor.Kind.DRIVER, id))
                .orElseGet(() -> new Actor(Actor.Kind.SOCKET, socket.id()));
        var client = new CapsClient(
                profile, actor, services.limits(), services.clock().millis());
        socket.data(client);
        if (!claim(handshake, "role").map(VENDOR_ROLES::contains).orElse(false)) {
            client.hearsPickups = true;
            socket.join(CapsRooms.pickups(profile));
        }
        return client;
    }

    private static Optional<String> claim(Handshake handshake, String name) {
        return handshake.auth().get(name) instanceof String said && !said.isBlank()
                ? Optional.of(said)
                : Optional.ofNullable(handshake.query(name)).filter(text -> !text.isBlank());
    }

    private void disconnected(Socket socket, DisconnectReason reason) {
        services.subscriptions().removeAll(socket.id());
        if (socket.data() instanceof CapsClient client) {
            services.present().went(socket.id(), client.profile);
        }
    }

    private void on(String event, Kind kind, Function<String, CapsHeard> hear) {
        namespace.on(event, (socket, args, ack) -> {
            EventTrace.heard(socket, event, args.json(0));
            var reply = new Reply(socket, event, ack);
            if (!(socket.data() instanceof CapsClient client)) {
                throw new IllegalStateException("a socket that never connected");
            }
            if (isWithinBudget(client, kind, reply)) {
                handle(client, understood(hear, args), reply);
            }
        });
    }

    private static CapsHeard understood(Function<String, CapsHeard> hear, Args args) {
        return args.isBinary()
                ? new CapsHeard.Malformed("payload", "payload: binary (expected: JSON alone)")
                : hear.apply(args.json(0));
    }

    private boolean isWithinBudget(CapsClient client, Kind kind, Reply reply) {
        var budget = switch (kind) {
            case SESSION -> client.sessionEvents;
            case ORDER_WORK -> client.orderWork;
            case RECEIPT -> null;
        };
        if (budget == null || budget.take(services.clock().millis())) {
            return true;
        }
        reply.failed(Failure.rateLimited(reply.event(), budget.retryAfterMs()));
        return false;
    }

    private void handle(CapsClient client, CapsHeard heard, Reply reply) {
        switch (heard) {
            case CapsHeard.Join(var store) -> join(client, store, reply);
            case CapsHeard.Subscribe subscribe -> subscribe(client, subscribe, reply);
            case CapsHeard.Unsubscribe unsubscribe -> unsubscribe(client, unsubscribe, reply);
            case CapsHeard.Pickup pickup -> pickup(client, pickup, reply);
            case CapsHeard.InTransit said ->
                move(
                        client,
                        said.store(),
                        said.name(),
                        new OrderCommand.Collect(said.order()),
                        said.occurredAt(),
                        reply);
            case CapsHeard.Delivered said ->
                move(
                        client,
                        said.store(),
                        said.name(),
                        new OrderCommand.Deliver(said.order()),
                        said.occurredAt(),
                        reply);
            case CapsHeard.Scan said ->
                move(client, said.store(), said.code(), new OrderCommand.Scan(), said.occurredAt(), reply);
            case CapsHeard.Received(var queue, var messageId) -> received(queue, messageId, reply);
            case CapsHeard.GetAll getAll -> getAll(client, getAll, reply);
            case CapsHeard.Malformed malformed -> reply.failed(Failure.of(malformed));
        }
    }

    private void join(CapsClient client, String store, Reply reply) {
        var max = services.limits().roomsMax();
        if (client.stores.size() >= max && !client.stores.contains(store)) {
            reply.failed(Failure.tooLarge("stores joined: " + max + " (expected: no more than that)"));
            return;
        }
        client.stores.add(store);
        reply.socket().join(CapsRooms.store(store, client.profile));
        reply.ok();
    }

    private void subscribe(CapsClient client, CapsHeard.Subscribe subscribe, Reply reply) {
        var queue = queue(subscribe.store(), subscribe.topic());
        if (!services.subscriptions().add(queue, reply.socket().id())) {
            var max = services.limits().roomsMax();
            reply.failed(Failure.tooLarge("subscriptions: " + max + " (expected: no more than that)"));
            return;
        }
        if (queue.topic().isForDrivers()) {
            client.wantsPickups = true;
            client.hearsPickups = true;
            reply.socket().join(CapsRooms.pickups(client.profile));
        } else {
            reply.socket().join(CapsRooms.queue(queue, client.profile));
        }
        reply.ok();
    }

    private void unsubscribe(CapsClient client, CapsHeard.Unsubscribe unsubscribe, Reply reply) {
        var queue = queue(unsubscribe.store(), unsubscribe.topic());
        services.subscriptions().remove(queue, reply.socket().id());
        if (!queue.topic().isForDrivers()) {
            reply.socket().leave(CapsRooms.queue(queue, client.profile));
        }
        reply.ok();
    }

    private void pickup(CapsClient client, CapsHeard.Pickup pickup, Reply reply) {
        if (client.hearsPickups && !client.wantsPickups && client.stores.contains(pickup.store())) {
            client.hearsPickups = false;
            reply.socket().leave(CapsRooms.pickups(client.profile));
        }
        var id = services.ids().get();
        senders.note(id, reply.socket().id());
        var place = new OrderCommand.Place(id, pickup.foreignId(), pickup.order());
        var by = new Actor(Actor.Kind.STORE, pickup.store());
        answered(request(pickup.store(), pickup.messageId(), place, by, pickup.occurredAt()), reply)
                .whenComplete((outcome, _) -> {
                    if (!(outcome instanceof Outcome.Done)) {
                        senders.forget(id);
                    }
                });
    }

    private void move(
            CapsClient client,
            @Nullable String store,
            String name,
            OrderCommand command,
            @Nullable Instant occurredAt,
            Reply reply) {
        answered(request(store, name, command, client.actor, occurredAt), reply);
    }

    private Orders.Request request(
            @Nullable String store, String name, OrderCommand command, Actor by, @Nullable Instant occurredAt) {
        var now = services.clock().instant();
        return new Orders.Request(store, name, command, by, occurredAt == null ? now : occurredAt, now);
    }

    private CompletableFuture<Outcome> answered(Orders.Request request, Reply reply) {
        var name = request.name();
        return services.orders().handle(request).whenComplete((outcome, thrown) -> {
            if (thrown != null) {
                reply.failed(Failure.of(thrown));
                return;
            }
            switch (outcome) {
                case Outcome.Done done -> reply.done(name, done.eventId());
                case Outcome.Duplicate _ -> reply.duplicate(name);
                case Outcome.Declined(var reason, var message) -> reply.failed(Failure.of(reason, message));
            }
        });
    }

    private void received(Queue queue, String messageId, Reply reply) {
        services.orders().received(queue, messageId).whenComplete((removed, thrown) -> {
            if (thrown != null) {
                reply.failed(Failure.of(thrown));
            } else {
                reply.ok("removed", removed ? 1 : 0);
            }
        });
    }

    private void getAll(CapsClient client, CapsHeard.GetAll getAll, Reply reply) {
        if (client.catchingUp >= CATCHING_UP_MAX) {
            reply.failed(Failure.rateLimited("getAll", 1_000));
            return;
        }
        client.catchingUp++;
        var socket = reply.socket();
        var catchUp = new CatchUp(
                services.mailboxes(),
                services.readers(),
                socket,
                client.profile,
                getAll.store(),
                getAll.topic(),
                services.log().head(),
                new CatchUp.End() {
                    @Override
                    public void done(long count) {
                        socket.loop().execute(() -> client.catchingUp--);
                        reply.ok("count", count);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        socket.loop().execute(() -> client.catchingUp--);
                        reply.failed(Failure.of(cause));
                    }
                });
        try {
            catchUp.begin();
        } catch (RejectedExecutionException _) {
            client.catchingUp--;
            reply.failed(new Failure("unavailable", "too many reads wait (expected: fewer)", null, 1_000));
        }
    }

    private static Queue queue(@Nullable String store, Topic topic) {
        return new Queue(store == null ? EVERY_STORE : store, topic);
    }

    /// Where a driver subscribes that names no store.
    private static final String EVERY_STORE = "*";
}
