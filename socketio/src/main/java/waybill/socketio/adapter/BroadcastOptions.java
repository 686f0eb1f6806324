package waybill.socketio.adapter;

import waybill.socketio.room.Frame;
import waybill.socketio.room.Target;

/// To whom a packet goes, and how. `local` keeps it on this node.
public record BroadcastOptions(Target target, Frame.FrameOptions options, boolean local) {}
