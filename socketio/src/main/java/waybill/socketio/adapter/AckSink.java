package waybill.socketio.adapter;

/// Gathers the acks of one broadcast. Safe from any thread.
public interface AckSink {

    /// So many more sockets were sent the event. Called by each node, once.
    void expectAcks(int sockets);

    void onAck(Packet.AckPacket answer);

    /// One that was expected to answer never will.
    void failed(String reason);

    /// Whether no ack is awaited any more: all have arrived, or the timeout has passed.
    boolean isDone();

    /// Does something when it is certain that not all answers will come. From any thread.
    void onFailure(Runnable action);
}
