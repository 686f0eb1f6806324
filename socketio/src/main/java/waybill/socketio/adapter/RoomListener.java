package waybill.socketio.adapter;

/// Hears which rooms have members on this node. Called on an event loop, once for each loop that has any; it must not
/// wait. The id of a socket is a room of its own, and [#ALL] is that of all sockets.
public interface RoomListener {

    /// The room of all sockets.
    String ALL = "";

    /// One that hears nothing.
    RoomListener NONE = new RoomListener() {};

    /// A room has its first member on this loop.
    default void onRoomOpened(String room) {}

    /// A room has lost its last member on this loop.
    default void onRoomClosed(String room) {}
}
