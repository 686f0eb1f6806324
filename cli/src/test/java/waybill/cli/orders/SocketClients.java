package waybill.cli.orders;

/// Clients of one library. Their events go to [ReceivedEvents].
interface SocketClients extends AutoCloseable {

    /// Starts to connect.
    void connect(TestSocket spec);

    /// Emits an event and waits for the first argument of its ack.
    Object emitWithAck(TestSocket spec, String event, Object... arguments) throws InterruptedException;

    /// Acknowledges that event with this value from now on.
    void ackEvent(TestSocket spec, String event, Object with);

    @Override
    void close();
}
