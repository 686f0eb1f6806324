package waybill.cli.orders;

/// Clients of one make. What they hear goes to [Notes].
interface Sockets extends AutoCloseable {

    /// Begins to connect.
    void open(Seat seat);

    /// Says something and waits for the first argument of its ack.
    Object ask(Seat seat, String event, Object... arguments) throws InterruptedException;

    /// From now on, answers that event so.
    void answer(Seat seat, String event, Object with);

    @Override
    void close();
}
