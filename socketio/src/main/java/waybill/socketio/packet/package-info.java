/// Socket.IO v5 packets, to text and back.
///
/// Everything here is a value or a pure function over text and bytes: no Netty, no thread, no clock. The codec is
/// total, so any text at all gives a packet or a [waybill.socketio.adapter.ProtocolException].
///
/// JSON is scanned, not mapped: an event's arguments stay JSON text until one is read.
/// Start at [waybill.socketio.adapter.Packet], then [waybill.socketio.packet.PacketDecoder].
package waybill.socketio.packet;
