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

/// The connection of one participant, from the upgrade to the events it counts. Confined to the generator's event loop.
final class LoadClient extends ChannelInboundHandlerAdapter implements ServerFrames.Listener {

    private enum State {
        UPGRADING,
        GREETING,
        JOINING,
        READY,
        CLOSED
    }

    private static final AsciiPattern SEQ = new AsciiPattern("\"seq\":");
    private static final byte[] NOTHING = {};

    /// The encoded form of an expectation.
    private record EncodedExpectation(
            AsciiPattern prefix, boolean answers, @Nullable AsciiPattern beforeStamp) {}

    /// The encoded form of a reaction.
    private record EncodedReaction(AsciiPattern prefix, int turn, int others, List<ReplyTemplate> answers) {}

    private final Participant participant;
    private final Generator generator;
    private final LoadCounters counters;
    private final @Nullable ClientFrame emits;
    private final @Nullable EncodedExpectation expected;
    private final @Nullable EncodedReaction reaction;
    private final AsciiPattern errorPrefix;

    private State state = State.UPGRADING;
    private @Nullable ChannelHandlerContext context;
    private byte[] unfinished = NOTHING;
    private long readAtUs;
    private int stampHint;
    private int pendingAcks;

    LoadClient(Participant participant, Generator generator) {
        this.participant = participant;
        this.generator = generator;
        this.counters = generator.counters();
        this.emits = participant
                .emits()
                .map(participant::packet)
                .map(ClientFrame::of)
                .orElse(null);
        this.expected = expected(participant);
        this.reaction = reacting(participant);
        this.errorPrefix = participant.prefix("error");
    }

    private static @Nullable EncodedExpectation expected(Participant participant) {
        Optional<Expectation> expects = participant.expectation();
        return expects.map(it -> new EncodedExpectation(
                        participant.prefix(it.event()),
                        it.isAck(),
                        it.beforeStamp().map(AsciiPattern::new).orElse(null)))
                .orElse(null);
    }

    private static @Nullable EncodedReaction reacting(Participant participant) {
        Optional<Reaction> reacts = participant.reaction();
        return reacts.map(it -> new EncodedReaction(
                        participant.prefix(it.event()),
                        it.turn(),
                        it.others(),
                        it.bodies().stream()
                                .map(body -> new ReplyTemplate(participant.packet(body)))
                                .toList()))
                .orElse(null);
    }

    boolean isSender() {
        return emits != null;
    }

    boolean isReady() {
        return state == State.READY;
    }

    int pendingAcks() {
        return pendingAcks;
    }

    /// Emits the event of this participant, stamped with the time it was due.
    void emit(long dueUs, long seq) {
        var frame = emits;
        var to = context;
        if (frame != null && to != null && state == State.READY) {
            pendingAcks++;
            counters.sent++;
            to.writeAndFlush(frame.stamped(to.alloc(), dueUs, seq), to.voidPromise());
        }
    }

    void close() {
        state = State.CLOSED;
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.writeAndFlush(Unpooled.wrappedBuffer(generator.upgradeRequest()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var read = (ByteBuf) message;
        var carriedOver = unfinished.length;
        var to = carriedOver + read.readableBytes();
        var bytes = generator.scratch(to);
        System.arraycopy(unfinished, 0, bytes, 0, carriedOver);
        read.readBytes(bytes, carriedOver, to - carriedOver);
        read.release();
        readAtUs = generator.nowUs();
        var done = state == State.UPGRADING ? upgrade(bytes, to) : ServerFrames.parse(bytes, 0, to, this);
        unfinished = done == to || state == State.CLOSED ? NOTHING : Arrays.copyOfRange(bytes, done, to);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        generator.onDelivered();
    }

    private int upgrade(byte[] bytes, int to) {
        var end = WebSocketUpgrade.end(bytes, to);
        if (end == AsciiPattern.ABSENT) {
            return 0;
        }
        if (!WebSocketUpgrade.isAccepted(bytes, end)) {
            onClose("upgrade refused: " + WebSocketUpgrade.firstLine(bytes, end));
            return to;
        }
        state = State.GREETING;
        return ServerFrames.parse(bytes, end, to, this);
    }

    @Override
    public void onText(byte[] bytes, int from, int to) {
        counters.frames++;
        if (from == to) {
            counters.unexpected++;
            return;
        }
        switch (bytes[from]) {
            case '2' -> send("3");
            case '0' -> join();
            case '4' -> packet(bytes, from, to);
            default -> counters.unexpected++;
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
            default -> counters.unexpected++;
        }
    }

    private void joined() {
        state = State.READY;
        participant.hello().forEach(body -> send(participant.packet(body)));
        generator.onSettled();
    }

    private void event(byte[] bytes, int from, int to) {
        if (expected != null && expected.prefix.starts(bytes, from, to)) {
            onExpected(expected, bytes, from, to);
        } else if (reaction != null && reaction.prefix.starts(bytes, from, to)) {
            onReaction(reaction, bytes, from, to);
        } else if (errorPrefix.starts(bytes, from, to)) {
            onClose("received an error: " + new String(bytes, from, to - from, UTF_8));
        } else {
            counters.unexpected++;
        }
    }

    private void onExpected(EncodedExpectation event, byte[] bytes, int from, int to) {
        var beforeStamp = event.beforeStamp;
        if (beforeStamp != null) {
            var at = beforeStamp.indexIn(bytes, from, to, from + stampHint);
            if (at == AsciiPattern.ABSENT) {
                counters.unexpected++;
                return;
            }
            stampHint = at - from;
            counters.recordDelivery(Stamp.ageUs(bytes, at + beforeStamp.length(), to, readAtUs));
        }
        if (event.answers) {
            pendingAcks--;
            generator.onAck(this);
        }
    }

    private void onReaction(EncodedReaction event, byte[] bytes, int from, int to) {
        var at = SEQ.indexIn(bytes, from, to);
        if (at != AsciiPattern.ABSENT
                && AsciiPattern.number(bytes, at + SEQ.length(), to) % event.others == event.turn) {
            event.answers.forEach(answer -> send(ClientFrame.TEXT, answer.render(bytes, from, to)));
        }
    }

    private void send(String packet) {
        send(ClientFrame.TEXT, packet.getBytes(UTF_8));
    }

    private void send(int opcode, byte[] payload) {
        if (context != null) {
            context.writeAndFlush(Unpooled.wrappedBuffer(ClientFrame.masked(opcode, payload)), context.voidPromise());
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
            counters.recordLoss(why);
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
