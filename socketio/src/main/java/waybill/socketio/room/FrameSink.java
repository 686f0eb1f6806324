package waybill.socketio.room;

import io.netty.buffer.ByteBuf;

/// The way to one client. Called on the client's event loop; neither blocks nor calls back into the rooms: a slow
/// socket is closed by a later task, or a broadcast would meet its own removal.
public interface FrameSink {

    /// Sends the frame, keeps it for later, or drops it, depending on its kind. The caller keeps its reference.
    void send(Frame frame);

    /// Whether ready WebSocket frames may be written at once, with nothing waiting before them.
    boolean acceptsJoined();

    /// Writes ready WebSocket frames, of so many packets, and takes over the caller's reference to them. Only while
    /// [#acceptsJoined].
    void writeJoined(ByteBuf frames, int packets);
}
