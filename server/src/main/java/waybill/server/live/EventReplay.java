package waybill.server.live;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.journal.LogEntry;
import waybill.messaging.ClientCheckpoint;
import waybill.messaging.EventScope;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.server.dialect.write.SyncResponse;
import waybill.server.socket.EventTrace;
import waybill.socketio.RawJson;

/// Sends one client the events that it missed, before anything new. It begins at `auth.since`, at the end of the
/// client's session, or at the checkpoint of its user; the first client of a user is sent the user's mailbox of
/// active orders, and its notifications, and all events from its connection on. A page is read when the last one has
/// been handed to the network, so
/// neither a long replay nor a slow client fills the memory.
///
/// It ends between two events: the client is sent the last event that it missed and joins its rooms before the next
/// one is published.
final class EventReplay {

    /// Events of one page. Few, because an event may be as large as a message.
    static final int PAGE_MAX = 32;

    /// Events that are sent on connecting. A client that missed more receives `sync:gap`.
    static final int EVENTS_MAX = SyncHandler.EVENTS_MAX;

    /// Events that the relay's thread sends itself.
    static final int LAST_MAX = 64;

    /// Orders of its user whose rooms a socket joins; the rest of its rooms are for subscriptions.
    private static final int OWN_ORDERS_MAX = 400;

    private static final String[] NO_ROOMS = {};
    private static final Logger LOG = LoggerFactory.getLogger(EventReplay.class);

    private final EventReplays replays;
    private final ClientSession client;
    private final Principal principal;
    private final Runnable onLive;
    private @Nullable ClientSession former;
    private boolean isNew; // no client of the user has connected before
    private boolean isUnread; // it was sent a gap, which counts once it has arrived: else the next socket starts anew
    private boolean watchesOwn; // and joins the rooms of its active orders in any dialect
    private long connectedAfter;
    private long after = ClientProgress.UNKNOWN;
    private long count;

    EventReplay(EventReplays replays, ClientSession client, Principal principal, Runnable onLive) {
        this.replays = replays;
        this.client = client;
        this.principal = principal;
        this.onLive = onLive;
    }

    String namespace() {
        return client.socket.namespace().name();
    }

    private ClientCheckpoints checkpoints() {
        return replays.checkpoints();
    }

    /// On the client's loop.
    void start(@Nullable ClientSession recovered) {
        former = recovered;
        var published = checkpoints().lastBroadcast();
        connectedAfter = checkpoints().connect(client, principal);
        if (recovered != null) {
            checkpoints().onRecovered(recovered, principal);
            after = checkpoints().resumeFrom(recovered);
        } else if (client.since != ClientProgress.UNKNOWN) {
            replays.enqueue(this); // whether it watched orders is with its checkpoint
            return;
        } else {
            startAtOtherSockets(published);
        }
        if (after == ClientProgress.UNKNOWN) {
            replays.enqueue(this);
        } else if (after >= published) {
            after = published;
            goLive(); // no event is published between the check and the joining of rooms
        } else {
            client.progress().start(after);
            replays.enqueue(this);
        }
    }

    private void startAtOtherSockets(long published) {
        var left = checkpoints().takeOver(client, principal);
        var others = checkpoints().othersResumeFrom(client, principal);
        if (left.isPresent()) {
            after = Math.min(left.get().resumeFrom(), others.orElse(published));
            watchesOwn = left.get().client().watchesOrders();
        } else if (others.isPresent()) {
            after = others.get();
        }
    }

    /// On the blocking executor.
    void read() {
        if (!client.socket.connected()) {
            return;
        }
        try {
            if (after == ClientProgress.UNKNOWN) {
                findStart();
                var start = after;
                client.socket.loop().execute(() -> client.progress().start(start));
            }
            page();
        } catch (RuntimeException e) {
            LOG.warn(
                    "the missed events of a client of {} could not be read; the client receives sync:gap",
                    namespace(),
                    e);
            emitGap();
            isUnread = true;
            after = checkpoints().lastBroadcast();
            replays.handOver(this);
        }
    }

    private void findStart() {
        var saved = replays.savedCheckpoints().listCheckpoints(principal.user().toString());
        var own = saved.stream()
                .filter(one -> one.dialect().equals(client.dialect.name()))
                .findFirst();
        watchesOwn = own.map(ClientCheckpoint::subscribesToOrders).orElse(false);
        if (client.since != ClientProgress.UNKNOWN) {
            after = client.since;
            if (after > replays.log().lastSequence()) { // the id is of another log
                emitGap();
                after = checkpoints().lastBroadcast();
            }
        } else if (own.isPresent()) {
            after = own.get().sequence();
        } else if (!saved.isEmpty()) { // it is new in this dialect only
            after = hasOtherLiveSocket()
                    ? connectedAfter
                    : saved.stream().mapToLong(ClientCheckpoint::sequence).max().getAsLong();
        } else {
            isNew = true;
            after = replays.firstCheckpointed();
        }
        if (!isNew && after < replays.log().retainedAfter()) { // older events may have been deleted from its mailbox
            emitGap();
        }
    }

    private boolean hasOtherLiveSocket() {
        return replays.clients().ofUser(principal.user()).anyMatch(other -> other != client && other.isLive());
    }

    private void page() {
        var isBeforeConnection = isNew && after < connectedAfter;
        var upTo = isBeforeConnection ? connectedAfter : checkpoints().lastBroadcast();
        var reader = isBeforeConnection ? EventScope.ofUserOnly(principal) : EventScope.of(principal);
        if (reader.includesAll() && upTo - after > EVENTS_MAX) {
            emitGap();
            after = upTo;
        }
        var page = after >= upTo ? List.<LogEntry>of() : replays.log().eventsFor(reader, after, upTo, PAGE_MAX);
        page.forEach(this::send);
        count += page.size();
        if (page.size() < PAGE_MAX) {
            after = Math.max(after, upTo);
            sentUpTo(after);
            if (page.isEmpty()) {
                replays.handOver(this);
            } else {
                client.socket.whenDrained().thenRun(() -> replays.handOver(this));
            }
        } else if (count >= EVENTS_MAX) {
            after = page.getLast().sequence();
            emitGap();
            after = upTo;
            sentUpTo(after);
            replays.handOver(this);
        } else {
            after = page.getLast().sequence();
            sentUpTo(after);
            client.socket.whenDrained().thenRun(() -> replays.enqueue(this));
        }
    }

    private void sentUpTo(long sequence) {
        client.socket.loop().execute(() -> checkpoints().sent(client, sequence));
    }

    private void emitGap() {
        var gap = SyncResponse.renderGap(Math.max(after, 0));
        EventTrace.sent(client.socket, gap.event(), gap.json());
        client.socket.emit(gap.event(), new RawJson(gap.json()));
    }

    private void send(LogEntry entry) {
        if (isNew && entry.sequence() <= connectedAfter && !isStillOpen(entry)) {
            return;
        }
        var rooms = rooms();
        for (var outgoing : client.dialect.render(entry)) {
            if (!outgoing.requiresAck() && outgoing.reaches(rooms)) { // requests for an ack are sent when it is live
                client.channel.countSent(outgoing.event());
                EventTrace.sent(client.socket, outgoing.event(), outgoing.json());
                client.socket.emit(outgoing.event(), new RawJson(outgoing.json()));
            }
        }
    }

    private boolean isStillOpen(LogEntry entry) {
        return entry.event() instanceof HubEvent
                || entry.order()
                        .map(Order::id)
                        .flatMap(replays.activeOrders()::byId)
                        .isPresent();
    }

    private Set<String> rooms() {
        var rooms = new HashSet<>(client.dialect.rooms(principal));
        rooms.add(client.dialect.broadcastRoom());
        return rooms;
    }

    /// Runs on the relay's thread, between two events.
    void handOver() {
        if (!client.socket.connected()) {
            return;
        }
        var published = checkpoints().lastBroadcast();
        if (published - after > LAST_MAX) {
            replays.enqueue(this);
            return;
        }
        while (after < published) {
            for (var entry : replays.log().listAfter(after, (int) (published - after))) {
                send(entry);
                after = entry.sequence();
            }
        }
        goLive();
    }

    /// From here on the client receives all events. It becomes live before it reads the orders, and the relay's
    /// thread checks whether it is live after it has changed the orders: one of the two sees the change of the
    /// other.
    private void goLive() {
        client.isLive(true);
        client.socket.join(rooms().toArray(NO_ROOMS));
        var rooms = new HashSet<String>(); // which may exceed the limit of a socket's rooms
        if (client.channel.joinsOwnOrders() || watchesOwn) {
            replays.activeOrders()
                    .of(principal, OWN_ORDERS_MAX)
                    .forEach(order -> rooms.add(client.dialect.orderRoom(order)));
        }
        var before = former;
        if (before != null) {
            before.watchList().orders().stream()
                    .flatMap(order -> replays.activeOrders().byId(order).stream())
                    .filter(order -> OrderSubscriptions.mayWatch(principal, order))
                    .forEach(order -> rooms.add(client.dialect.orderRoom(order.id())));
            before.watchList().drivers().stream()
                    .filter(driver -> OrderSubscriptions.mayWatchDriver(principal, driver))
                    .forEach(driver -> rooms.add(client.dialect.driverRoom(driver)));
        }
        client.socket.join(rooms.toArray(NO_ROOMS));
        if (client.socket.loop().inEventLoop()) {
            live();
        } else {
            client.socket.loop().execute(this::live);
        }
    }

    private void live() {
        if (former != null) {
            client.restoreWatchList(former.watchList());
        } else if (watchesOwn) {
            replays.activeOrders().of(principal, OWN_ORDERS_MAX).forEach(client::watch);
        }
        if (!client.socket.connected()) {
            return;
        }
        if (!client.progress().hasStarted() && !isUnread) {
            client.progress().start(after);
        }
        checkpoints().sent(client, after);
        checkpoints().changed(client);
        onLive.run();
        client.runWaiting();
    }
}
