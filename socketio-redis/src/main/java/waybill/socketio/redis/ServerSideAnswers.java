package waybill.socketio.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Packet;

/// The answers of the other nodes' applications to one event: each is passed on when it comes.
final class ServerSideAnswers implements PendingRequests.Pending {

    private final Packet.Event packet;
    private final AckSink answers;
    private final Gathering<Packet.AckPacket> gathering = new Gathering<>();

    ServerSideAnswers(Packet.Event packet, AckSink answers) {
        this.packet = packet;
        this.answers = answers;
        gathering.result().thenAccept(this::expectAll);
    }

    private void expectAll(Gathering.Answers<Packet.AckPacket> all) {
        answers.expectAcks(all.items().size() + all.missing());
        for (int i = 0; i < all.missing(); i++) {
            answers.failed("a node did not answer");
        }
    }

    CompletionStage<Gathering.Answers<Packet.AckPacket>> result() {
        return gathering.result();
    }

    /// So many nodes have received the event, this one among them if it hears itself.
    void expectNodes(int nodes) {
        gathering.expect(nodes);
    }

    void end() {
        gathering.end();
    }

    @Override
    public void onEcho() {
        gathering.add(List.of());
    }

    @Override
    public void onResponse(NodeResponse response) {
        if (response instanceof NodeResponse.Emitted(var _, @Nullable Object data)) {
            var arguments = new ArrayList<@Nullable Object>();
            arguments.add(data);
            var ack = ValueCodec.ack(packet.namespace(), packet.ackId(), arguments);
            answers.onAck(ack);
            gathering.add(List.of(ack));
        }
    }
}
