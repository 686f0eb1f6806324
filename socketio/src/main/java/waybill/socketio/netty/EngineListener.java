package waybill.socketio.netty;

import waybill.socketio.engine.CloseReason;

/// Handles the connections of an [EngineServer].
@FunctionalInterface
public interface EngineListener {

    /// A connection was opened; the returned listener gets its messages. Called on the connection's event loop.
    MessageListener onOpened(EngineSocket socket);

    /// Hears one connection, on its event loop.
    interface MessageListener {

        void onText(String text);

        /// The bytes are the receiver's own.
        void onBinary(byte[] bytes);

        /// The connection is closed. The last call.
        void onClosed(CloseReason reason);
    }
}
