package waybill.socketio;

/// Hears one event of one socket.
@FunctionalInterface
public interface EventHandler {

    void on(Args args, Ack ack);
}
