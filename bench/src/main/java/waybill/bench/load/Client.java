package waybill.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.bench.load.Participant.Expectation;
import waybill.bench.load.Participant.Reaction;

/// One participant at its connection, from the upgrade to the events it counts. Belongs to the generator's event loop.
final class Client extends ChannelInboundHandlerAdapter implements ServerFrames.Listener {

    private enum State {
        UPGRADING,
        GREETING,
        JOINING,
        READY,
        CLOSED
    }

    private static final Ascii SEQ = new Ascii("\"seq\":");
    private static final byte[] NOTHING = {};

    /// What an expectation looks like on the wire.
    private record Expected(
            Ascii prefix, boolean answers, @Nullable Ascii beforeStamp) {}

    /// What a reaction looks like on the wire.
    private record Reacting(Ascii prefix, int turn, int others, List<Answer> answers) {}

    private final Participant participant;
    private final Generator generator;
    private final Tally tally;
    private final @Nullable ClientFrame says;
    private final @Nullable Expected expected;
    private final @Nullable Reacting reacting;
    private final Ascii complaint;

    private State state = State.UPGRADING;
    private @Nullable ChannelHandlerContext line;
    private byte[] unfinished = NOTHING;
    private long heardAtUs;
    private int stampHint;
    private int unanswered;

    Client(Participant participant, Generator generator) {
        this.participant = participant;
        this.generator = generator;
        this.tally = generator.tally();
        this.says =
                participant.says().map(participant::packet).map(ClientFrame::of).orElse(null);
        this.expected = expected(participant);
        this.reacting = reacting(participant);
        this.complaint = participant.prefix("error");
    }

    private static @Nullable Expected expected(Participant participant) {
        Optional<Expectation> expects = participant.expects();
        return expects.map(it -> new Expected(
                        participant.prefix(it.event()),
                        it.answers(),
                        it.beforeStamp().map(Ascii::new).orElse(null)))
                .orElse(null);
    }

    private static @Nullable Reacting reacting(Participant participant) {
        Optional<Reaction> reacts = participant.reacts();
        return reacts.map(it -> new Reacting(
                        participant.prefix(it.event()),
                        it.turn(),
                        it.others(),
                        it.bodies().stream()
                                .map(body -> new Answer(participant.packet(body)))
                                .toList()))
                .orElse(null);
    }

    boolean isSender() {
        return says != null;
    }

    boolean isReady() {
        return state == State.READY;
    }

    int unanswered() {
        return unanswered;
    }

    /// Emits what this participant says, stamped with the moment it was due.
    void emit(long dueUs, long seq) {
        var frame = says;
        var to = line;
        if (frame != null && to != null && state == State.READY) {
            unanswered++;
            tally.sent++;
            to.writeAndFlush(frame.stamped(to.alloc(), dueUs, seq), to.voidPromise());
        }
    }

    void close() {
        state = State.CLOSED;
        if (line != null) {
            line.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        line = ctx;
        ctx.writeAndFlush(Unpooled.wrappedBuffer(generator.upgradeRequest()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var read = (ByteBuf) message;
        var kept = unfinished.length;
        var to = kept + read.readableBytes();
        var bytes = generator.scratch(to);
        System.arraycopy(unfinished, 0, bytes, 0, kept);
        read.readBytes(bytes, kept, to - kept);
        read.release();
        heardAtUs = generator.nowUs();
        var done = state == State.UPGRADING ? upgrade(bytes, to) : ServerFrames.read(bytes, 0, to, this);
        unfinished = done == to || state == State.CLOSED ? NOTHING : Arrays.copyOfRange(bytes, done, to);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        generator.onHeard();
    }

    private int upgrade(byte[] bytes, int to) {
        var end = Upgrade.end(bytes, to);
        if (end == Ascii.ABSENT) {
            return 0;
        }
        if (!Upgrade.isAccepted(bytes, end)) {
            onClose("upgrade refused: " + Upgrade.firstLine(bytes, end));
            return to;
        }
        state = State.GREETING;
        return ServerFrames.read(bytes, end, to, this);
    }

    @Override
    public void onText(byte[] bytes, int from, int to) {
        tally.frames++;
        if (from == to) {
            tally.others++;
            return;
        }
        switch (bytes[from]) {
            case '2' -> send("3");
            case '0' -> join();
            case '4' -> packet(bytes, from, to);
            default -> tally.others++;
        }
    }

    private void join() {
        state = State.JOINING;
        send("40" + participant.namespace() + "," + participant.auth());
    }

    private void packet(byte[] bytes, int from, int to) {
        switch (to - from < 2 ? ' ' : bytes[from + 1]) {
            case '0' -> joined();
            case '1', '4' -> onClose("refused: " + new String(bytes, from, to - from, UTF_8));
            case '2' -> event(bytes, from, to);
            default -> tally.others++;
        }
    }

    private void joined() {
        state = State.READY;
        participant.hello().forEach(body -> send(participant.packet(body)));
        generator.onSettled();
    }

    private void event(byte[] bytes, int from, int to) {
        if (expected != null && expected.prefix.starts(bytes, from, to)) {
            hear(expected, bytes, from, to);
        } else if (reacting != null && reacting.prefix.starts(bytes, from, to)) {
            react(reacting, bytes, from, to);
        } else if (complaint.starts(bytes, from, to)) {
            onClose("told of an error: " + new String(bytes, from, to - from, UTF_8));
        } else {
            tally.others++;
        }
    }

    private void hear(Expected event, byte[] bytes, int from, int to) {
        var beforeStamp = event.beforeStamp;
        if (beforeStamp != null) {
            var at = beforeStamp.indexIn(bytes, from, to, from + stampHint);
            if (at == Ascii.ABSENT) {
                tally.others++;
                return;
            }
            stampHint = at - from;
            tally.deliver(Stamp.ageUs(bytes, at + beforeStamp.length(), to, heardAtUs));
        }
        if (event.answers) {
            unanswered--;
            generator.onAnswered(this);
        }
    }

    private void react(Reacting event, byte[] bytes, int from, int to) {
        var at = SEQ.indexIn(bytes, from, to);
        if (at != Ascii.ABSENT && Ascii.number(bytes, at + SEQ.length(), to) % event.others == event.turn) {
            event.answers.forEach(answer -> send(ClientFrame.TEXT, answer.to(bytes, from, to)));
        }
    }

    private void send(String packet) {
        send(ClientFrame.TEXT, packet.getBytes(UTF_8));
    }

    private void send(int opcode, byte[] payload) {
        if (line != null) {
            line.writeAndFlush(Unpooled.wrappedBuffer(ClientFrame.masked(opcode, payload)), line.voidPromise());
        }
    }

    @Override
    public void onPing(byte[] bytes, int from, int to) {
        send(ClientFrame.PONG, Arrays.copyOfRange(bytes, from, to));
    }

    @Override
    public void onClose(String why) {
        if (state != State.CLOSED) {
            var wasSettled = state == State.READY;
            close();
            tally.lose(why);
            if (!wasSettled) {
                generator.onSettled();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        onClose("end of stream");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        onClose(cause.toString());
    }
}
