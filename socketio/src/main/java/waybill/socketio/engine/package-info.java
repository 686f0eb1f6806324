/// Engine.IO v4: packets, payloads and the life of a session.
///
/// Pure: no Netty, no thread, no clock. Time comes in as `nowMs`; what must happen is called on
/// [waybill.socketio.engine.SessionOutput]. So a session can be run through an hour of bad network in a
/// millisecond.
///
/// Start at [waybill.socketio.engine.Session].
package waybill.socketio.engine;
