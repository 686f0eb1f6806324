package waybill.socketio.netty;

import waybill.socketio.engine.CloseReason;

/// Who is told of the connections of an [EngineServer].
@FunctionalInterface
public interface EngineListener {

    /// A connection began; the receiver hears what it says. Called on the connection's event loop.
    MessageListener onOpened(EngineSocket socket);

    /// Hears one connection, on its event loop.
    interface MessageListener {

        void onText(String text);

        /// The bytes are the receiver's own.
        void onBinary(byte[] bytes);

        /// The connection is over. The last thing that is said.
        void onClosed(CloseReason reason);
    }
}
