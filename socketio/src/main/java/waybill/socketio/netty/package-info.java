/// Engine.IO on Netty: HTTP long-polling, WebSocket, and the handler that lets them share a port with other HTTP.
///
/// Moves bytes and performs what [waybill.socketio.engine.Session] decides; does not depend on Socket.IO. A
/// connection belongs to the event loop on which its handshake arrived, and what arrives on another loop is
/// handed over to it.
///
/// Start at [waybill.socketio.netty.EngineServer], then [waybill.socketio.netty.EngineHttpHandler] for requests
/// and [waybill.socketio.netty.EngineSocket] for what is sent.
package waybill.socketio.netty;
