package waybill.socketio.adapter;

import waybill.socketio.packet.Packet;

/// Gathers the acks of one broadcast. Safe from any thread.
public interface Answers {

    /// So many more sockets were asked. Said by each node, once.
    void expect(int sockets);

    void answered(Packet.Ack answer);

    /// One that was expected to answer never will.
    void lost(String reason);

    /// Whether nobody waits any more: all have answered, or time has run out.
    boolean isOver();

    /// Does something when it is certain that not all answers will come. From any thread.
    void whenFailed(Runnable action);
}
