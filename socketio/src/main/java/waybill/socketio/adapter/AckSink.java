package waybill.socketio.adapter;

import waybill.socketio.packet.Packet;

/// Gathers the acks of one broadcast. Safe from any thread.
public interface AckSink {

    /// So many more sockets were asked. Said by each node, once.
    void expectAcks(int sockets);

    void onAck(Packet.AckPacket answer);

    /// One that was expected to answer never will.
    void failed(String reason);

    /// Whether nobody waits any more: all have answered, or time has run out.
    boolean isDone();

    /// Does something when it is certain that not all answers will come. From any thread.
    void onFailure(Runnable action);
}
