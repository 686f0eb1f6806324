/// The engine as seen by the official clients, in JavaScript and in Java.
///
/// Start at [waybill.socketio.client.ClientTestServer], the server that they meet.
@NullMarked
package waybill.socketio.client;

import org.jspecify.annotations.NullMarked;
