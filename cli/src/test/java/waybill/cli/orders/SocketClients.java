package waybill.cli.orders;

/// Clients of one make. What they hear goes to [Notes].
interface SocketClients extends AutoCloseable {

    /// Begins to connect.
    void connect(TestSocket spec);

    /// Says something and waits for the first argument of its ack.
    Object emitWithAck(TestSocket spec, String event, Object... arguments) throws InterruptedException;

    /// From now on, answers that event so.
    void ackEvent(TestSocket spec, String event, Object with);

    @Override
    void close();
}
