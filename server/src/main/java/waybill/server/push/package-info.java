/// Push messages to phones and browsers: Firebase Cloud Messaging (HTTP v1), and Web Push, encrypted for each browser
/// (RFC 8291) and signed with the hub's key (VAPID, RFC 8292).
///
/// A [waybill.server.push.PushService] sends one message to one device: start there. What a service answers becomes a
/// [waybill.server.push.PushResult]; nothing is thrown. [waybill.server.push.WebPushEncryption] is pure.
@NullMarked
package waybill.server.push;

import org.jspecify.annotations.NullMarked;
