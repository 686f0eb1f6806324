package waybill.server.realtime;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.mailbox.Checkpoint;
import waybill.mailbox.Reader;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.server.dialect.CaughtUp;
import waybill.socketio.packet.RawJson;

/// What one client missed, sent to it before anything new. It begins at `auth.since`, where its session ended, or at
/// the checkpoint of its user; a client of a user that was never here is sent what waits in the user's mailbox of
/// orders that are still active, and its notifications. A page is read when the last one is with the network, so
/// neither much that was missed nor a slow client fills the memory.
///
/// It ends between two events: the client is sent the last that it missed and joins its rooms before the next is
/// told.
final class Replay {

    /// Events of one page. Few, for one may be as large as a message may be.
    static final int PAGE_MAX = 32;

    /// Events that are sent on connecting. A client that missed more is told of the gap.
    static final int EVENTS_MAX = Missed.EVENTS_MAX;

    /// Events that the thread which tells what happens sends itself.
    static final int LAST_MAX = 64;

    /// Orders of its own into whose rooms a socket is put; there must be room for those that it asks for.
    private static final int OWN_ORDERS_MAX = 400;

    private static final String[] NO_ROOMS = {};
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final Replays replays;
    private final LiveServices services;
    private final Client client;
    private final Principal principal;
    private final Runnable onLive;
    private @Nullable Client former;
    private boolean isNew; // no client of the user was ever here
    private boolean watchesOwn; // and joins the rooms of its active orders in any dialect
    private long after = Progress.UNKNOWN;
    private long count;

    Replay(Replays replays, Client client, Principal principal, Runnable onLive) {
        this.replays = replays;
        this.services = replays.services();
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
    void begin(@Nullable Client recovered) {
        former = recovered;
        var told = checkpoints().told();
        if (recovered != null) {
            checkpoints().cameBack(recovered, principal);
            after = checkpoints().resumeFrom(recovered);
        } else if (client.since != Progress.UNKNOWN) {
            replays.await(this); // whether it watched orders is with its checkpoint
            return;
        } else {
            beginAtOthers(told);
        }
        if (after == Progress.UNKNOWN) {
            replays.await(this);
        } else if (after >= told) {
            after = told;
            goLive(); // nothing is told between the look at what was told and the joining of rooms
        } else {
            client.progress().begin(after);
            replays.await(this);
        }
    }

    private void beginAtOthers(long told) {
        var left = checkpoints().takeUp(client, principal);
        var others = checkpoints().othersAt(client, principal);
        if (left.isPresent()) {
            after = Math.min(left.get().resumeFrom(), others.orElse(told));
            watchesOwn = left.get().client().watchesOrders();
        } else if (others.isPresent()) {
            after = others.get();
        }
    }

    /// On a reader.
    void read() {
        if (!client.socket.connected()) {
            return;
        }
        try {
            if (after == Progress.UNKNOWN) {
                find();
                var start = after;
                client.socket.loop().execute(() -> client.progress().begin(start));
            }
            page();
        } catch (RuntimeException e) {
            LOG.warn("what a client of {} missed could not be read, so it is told of a gap", namespace(), e);
            gap();
            after = checkpoints().told();
            replays.handOver(this);
        }
    }

    private void find() {
        var saved = services.checkpoints().of(principal.user().toString());
        var own = saved.stream()
                .filter(one -> one.dialect().equals(client.dialect.name()))
                .findFirst();
        watchesOwn = own.map(Checkpoint::watchesOrders).orElse(false);
        if (client.since != Progress.UNKNOWN) {
            after = client.since;
            if (after > services.log().head()) { // the id is of another log
                gap();
                after = checkpoints().told();
            }
        } else if (own.isPresent()) {
            after = own.get().sequence();
        } else if (!saved.isEmpty()) { // it is new in this dialect alone
            after = isHereOtherwise()
                    ? checkpoints().told()
                    : saved.stream().mapToLong(Checkpoint::sequence).max().getAsLong();
        } else {
            isNew = true;
            after = replays.firstCheckpointed();
        }
        if (!isNew && after < services.log().horizon()) { // older events may have been deleted from its mailbox
            gap();
        }
    }

    private boolean isHereOtherwise() {
        return services.clients().ofUser(principal.user()).anyMatch(other -> other != client && other.isLive());
    }

    private void page() {
        var upTo = checkpoints().told();
        var reader = isNew ? Reader.ofMailbox(principal) : Reader.of(principal);
        if (reader.readsAll() && upTo - after > EVENTS_MAX) {
            gap();
            after = upTo;
        }
        var page = after >= upTo ? List.<LogEntry>of() : services.log().news(reader, after, upTo, PAGE_MAX);
        page.forEach(this::send);
        count += page.size();
        if (page.size() < PAGE_MAX) {
            after = Math.max(after, upTo);
            sentUpTo(after);
            if (page.isEmpty()) {
                replays.handOver(this);
            } else {
                client.socket.drained().thenRun(() -> replays.handOver(this));
            }
        } else if (count >= EVENTS_MAX) {
            after = page.getLast().position();
            gap();
            after = upTo;
            sentUpTo(after);
            replays.handOver(this);
        } else {
            after = page.getLast().position();
            sentUpTo(after);
            client.socket.drained().thenRun(() -> replays.await(this));
        }
    }

    private void sentUpTo(long sequence) {
        client.socket.loop().execute(() -> checkpoints().sent(client, sequence));
    }

    private void gap() {
        var word = CaughtUp.gap(Math.max(after, 0));
        EventTrace.sent(client.socket, word.event(), word.json());
        client.socket.emit(word.event(), new RawJson(word.json()));
    }

    private void send(LogEntry entry) {
        if (isNew && !stillMatters(entry)) {
            return;
        }
        var rooms = rooms();
        for (var said : client.dialect.tell(entry)) {
            if (!said.wantsReceipt() && said.reaches(rooms)) { // questions are asked again when it is live
                client.audience.count(said.event());
                EventTrace.sent(client.socket, said.event(), said.json());
                client.socket.emit(said.event(), new RawJson(said.json()));
            }
        }
    }

    private boolean stillMatters(LogEntry entry) {
        return entry.event() instanceof HubEvent
                || entry.order().map(Order::id).flatMap(services.active()::byId).isPresent();
    }

    private Set<String> rooms() {
        var rooms = new HashSet<>(client.dialect.rooms(principal));
        rooms.add(client.dialect.everybody());
        return rooms;
    }

    /// On the thread that tells what happens, between two events.
    void handOver() {
        if (!client.socket.connected()) {
            return;
        }
        var told = checkpoints().told();
        if (told - after > LAST_MAX) {
            replays.await(this);
            return;
        }
        while (after < told) {
            for (var entry : services.log().after(after, (int) (told - after))) {
                send(entry);
                after = entry.position();
            }
        }
        goLive();
    }

    /// The client hears of everything from here on. It is live before the orders are looked at, and the thread that
    /// tells what happens looks whether it is live after it has changed the orders: one of them sees what the other
    /// has done.
    private void goLive() {
        client.isLive(true);
        client.socket.join(rooms().toArray(NO_ROOMS));
        var rooms = new HashSet<String>(); // of which there may be more than a socket may be in
        if (client.audience.joinsOwnOrders() || watchesOwn) {
            services.active()
                    .of(principal, OWN_ORDERS_MAX)
                    .forEach(order -> rooms.add(client.dialect.orderRoom(order)));
        }
        var before = former;
        if (before != null) {
            before.watched().orders().stream()
                    .flatMap(order -> services.active().byId(order).stream())
                    .filter(order -> Watching.mayWatch(principal, order))
                    .forEach(order -> rooms.add(client.dialect.orderRoom(order.id())));
            before.watched().drivers().stream()
                    .filter(driver -> Watching.mayWatchDriver(principal, driver))
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
            client.watchesAgain(former.watched());
        } else if (watchesOwn) {
            services.active().of(principal, OWN_ORDERS_MAX).forEach(client::watches);
        }
        if (!client.socket.connected()) {
            return;
        }
        if (!client.progress().hasBegun()) {
            client.progress().begin(after);
        }
        checkpoints().sent(client, after);
        checkpoints().changed(client);
        onLive.run();
        client.runHeld();
    }
}
