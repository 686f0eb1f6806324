package waybill.socketio.adapter;

import waybill.socketio.room.Frame;
import waybill.socketio.room.Target;

/// The receivers of a packet, and how it is sent. `local` keeps it on this node.
public record BroadcastOptions(Target target, Frame.FrameOptions options, boolean local) {}
