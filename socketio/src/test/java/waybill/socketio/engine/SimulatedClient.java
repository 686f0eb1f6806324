package waybill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import waybill.socketio.engine.EnginePacket.Close;
import waybill.socketio.engine.EnginePacket.Message;
import waybill.socketio.engine.EnginePacket.Noop;
import waybill.socketio.engine.EnginePacket.Ping;
import waybill.socketio.engine.EnginePacket.Pong;
import waybill.socketio.engine.EnginePacket.Upgrade;

/// Server and client with a network between them: requests and their answers each take their own time, frames
/// of the WebSocket keep their order.
final class SimulatedClient implements SessionOutput {

    static final long DELAY_MAX_MS = 200;
    static final long UPGRADE_POLL_MS = 100; // how long a poll may wait that comes amid an upgrade
    static final int FITTING_MAX = 8; // packets that fit one poll
    static final long MINUTE_MS = 60_000;

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    final Session session;
    private final int messages;

    // the server
    private final List<EnginePacket> unsent = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    long closedAtMs;
    int probesDropped;
    int sentCount;
    long upgradedAtMs;
    private int pendingPollId; // the poll that waits, by number
    private int polls;

    // the client
    final List<String> received = new ArrayList<>();
    private boolean polling;
    private boolean paused;
    boolean breaks;
    boolean stalls;
    private boolean hasUpgraded;
    private boolean frozen;
    long noticedAtMs;
    private long toServerMs;
    private long toClientMs;

    SimulatedClient(long seed, Timing timing, int messages) {
        this.random = new SplittableRandom(seed);
        this.messages = messages;
        this.session = new Session(timing, TransportKind.POLLING, this, time.nowMs());
    }

    /// The server ends the session, some time while the client moves.
    void closeFor(CloseReason reason) {
        time.scheduleAt(random.nextLong(2_000), () -> session.close(reason, time.nowMs()));
    }

    void run() {
        tick();
        poll();
        time.scheduleAfter(random.nextLong(1_000), this::openWebSocket);
        for (int i = 0, atMs = 0; i < messages; i++, atMs += random.nextInt(60)) {
            var message = new Message(String.valueOf(i));
            time.scheduleAt(atMs, () -> emit(message));
        }
        time.advanceTo(MINUTE_MS);
    }

    private void emit(Message message) {
        if (!session.isClosed()) {
            sentCount++;
            send(message);
        }
    }

    private void tick() {
        long dueMs = session.tick(time.nowMs());
        if (dueMs != Long.MAX_VALUE) {
            time.scheduleAt(dueMs, this::tick);
        }
    }

    private void deliverLater(Runnable arrival) {
        time.scheduleAfter(1 + random.nextLong(DELAY_MAX_MS), arrival);
    }

    // ---- the client

    private void poll() {
        polling = true;
        deliverLater(this::onPoll);
    }

    private void onPollResponse(List<EnginePacket> packets) {
        polling = false;
        if (packets.getLast().equals(new Close())) {
            packets.subList(0, packets.size() - 1).forEach(this::receive);
            onDisconnected();
            return;
        }
        packets.forEach(this::receive);
        if (!paused) {
            poll();
        } else {
            finish();
        }
    }

    private void receive(EnginePacket packet) {
        if (packet instanceof Message(var text)) {
            received.add(text);
        } else if (packet instanceof Ping) {
            deliverLater(() -> session.receive(new Pong(""), time.nowMs()));
        } else {
            assertThat(packet).isEqualTo(new Noop());
        }
    }

    private void openWebSocket() {
        session.probeAsked();
        deliverLater(() -> {
            if (session.probeOpened(time.nowMs())) {
                toServer(new Ping("probe"));
            } else {
                assertThat(closed).as("a reason to reject it").isNotEmpty();
            }
            if (breaks) {
                deliverLater(session::probeFailed);
            }
        });
    }

    private void toServer(EnginePacket packet) {
        toServerMs = Math.max(toServerMs, time.nowMs() + 1 + random.nextLong(DELAY_MAX_MS));
        time.scheduleAt(toServerMs, () -> session.receiveFromProbe(packet));
    }

    private void receiveFromProbe(EnginePacket packet) {
        assertThat(packet).isEqualTo(new Pong("probe"));
        if (stalls || breaks) {
            return;
        }
        paused = true;
        if (!polling) {
            finish();
        }
    }

    /// All polls are back: the client upgrades, unless its WebSocket is closed. Then it does nothing.
    private void finish() {
        if (!frozen) {
            hasUpgraded = true;
            toServer(new Upgrade());
        }
    }

    /// The WebSocket was closed. Before the client has moved there it takes that for a failed attempt, but
    /// does not begin to poll again where it had stopped.
    private void onWebSocketClosed() {
        if (hasUpgraded) {
            onDisconnected();
        } else {
            frozen = paused;
        }
    }

    private void onDisconnected() {
        if (noticedAtMs == 0) {
            noticedAtMs = time.nowMs();
        }
    }

    // ---- the server

    private void onPoll() {
        session.tick(time.nowMs());
        if (session.pollArrived(time.nowMs()) != PollStatus.ACCEPTED) {
            assertThat(session.isFinished()).as("refuses a poll").isTrue();
            deliverLater(this::onDisconnected);
            return;
        }
        pendingPollId = ++polls;
        if (!unsent.isEmpty() || session.isClosed()) {
            completePoll();
        } else if (session.isUpgrading()) {
            releasePollSoon();
        }
    }

    @Override
    public void releasePollSoon() {
        assertThat(pendingPollId).as("the poll that waits").isPositive();
        int mine = pendingPollId;
        time.scheduleAfter(UPGRADE_POLL_MS, () -> {
            if (pendingPollId == mine) {
                completePoll();
            }
        });
    }

    private void completePoll() {
        pendingPollId = 0;
        var fitting = unsent.subList(0, Math.min(unsent.size(), FITTING_MAX));
        var packets = new ArrayList<>(fitting);
        fitting.clear();
        if (unsent.isEmpty() && session.isClosed()) {
            packets.add(new Close());
        } else if (packets.isEmpty()) {
            packets.add(new Noop());
        }
        deliverLater(() -> onPollResponse(packets));
        session.pollCompleted(unsent.isEmpty());
    }

    @Override
    public void send(EnginePacket packet) {
        if (session.transport() == TransportKind.WEBSOCKET) {
            toClient(packet);
            return;
        }
        unsent.add(packet);
        if (pendingPollId > 0) {
            completePoll();
        }
    }

    private void toClient(EnginePacket packet) {
        toClientMs = Math.max(toClientMs, time.nowMs() + 1 + random.nextLong(DELAY_MAX_MS));
        time.scheduleAt(toClientMs, () -> receive(packet));
    }

    @Override
    public void sendToProbe(EnginePacket packet) {
        toClientMs = Math.max(toClientMs, time.nowMs() + 1 + random.nextLong(DELAY_MAX_MS));
        time.scheduleAt(toClientMs, () -> receiveFromProbe(packet));
    }

    @Override
    public void releasePoll() {
        assertThat(pendingPollId).as("the poll that waits").isPositive();
        completePoll();
    }

    @Override
    public void upgraded() {
        assertThat(pendingPollId).as("no poll is left behind").isZero();
        upgradedAtMs = time.nowMs();
        unsent.forEach(this::toClient);
        unsent.clear();
    }

    @Override
    public void dropProbe() {
        probesDropped++;
        closeWebSocket();
    }

    private void closeWebSocket() {
        toClientMs = Math.max(toClientMs, time.nowMs() + 1 + random.nextLong(DELAY_MAX_MS));
        time.scheduleAt(toClientMs, this::onWebSocketClosed);
    }

    @Override
    public void closed(CloseReason reason) {
        closed.add(reason);
        closedAtMs = time.nowMs();
    }

    @Override
    public void finished(CloseReason reason) {
        if (session.transport() == TransportKind.WEBSOCKET) {
            closeWebSocket();
        }
    }

    @Override
    public void deliver(String text) {
        throw new AssertionError("the client sends no messages");
    }

    @Override
    public void deliver(byte[] bytes) {
        throw new AssertionError("the client sends no messages");
    }
}
