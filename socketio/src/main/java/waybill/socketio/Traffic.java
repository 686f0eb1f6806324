package waybill.socketio;

/// What the connections of a server have done so far: see [SocketServer#countTraffic].
///
/// @param opened connections since the server was made
/// @param closed those of them that have ended
/// @param packetsReceived messages of clients
/// @param bytesReceived the bytes of these messages
/// @param packetsSent messages to clients, those included that wait for a slow client
/// @param bytesSent the bytes of these messages, each counted once for each of its receivers
public record Traffic(
        long opened, long closed, long packetsReceived, long bytesReceived, long packetsSent, long bytesSent) {}
