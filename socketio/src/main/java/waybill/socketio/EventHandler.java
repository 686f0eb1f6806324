package waybill.socketio;

/// Hears one event of one socket.
@FunctionalInterface
public interface EventHandler {

    void handle(Args args, Ack ack);
}
