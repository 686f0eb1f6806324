/// Rooms, the frames that are broadcast to them, and what one socket has yet to be sent.
///
/// There is one shard of the rooms for each event loop and no lock anywhere: a member joins and leaves on its own
/// loop, and a broadcast visits each loop in turn. Knows nothing of transports beyond
/// [waybill.socketio.room.FrameSink].
///
/// Start at [waybill.socketio.room.Rooms], then [waybill.socketio.room.RoomShard] for how a pass of the loop is
/// used.
package waybill.socketio.room;
