package waybill.socketio.adapter;

/// JSON text that goes onto the wire as it is. Its creator vouches that it is well-formed.
@FunctionalInterface
public interface JsonText {

    String json();
}
