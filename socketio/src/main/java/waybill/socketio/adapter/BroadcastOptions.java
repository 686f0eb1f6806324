package waybill.socketio.adapter;

/// The receivers of a packet, and how it is sent. `local` keeps it on this node.
public record BroadcastOptions(Target target, FrameOptions options, boolean local) {}
