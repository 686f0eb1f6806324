/// Turns the notices of an event into outbound jobs, and sends them: by push to the devices of a user, by e-mail to its
/// address.
///
/// [waybill.server.notification.NoticeRouting] adds the jobs in the event's transaction; start there. A sender reads
/// the
/// event again when its job is due, and skips it when the user has received the event on a socket by then.
@NullMarked
package waybill.server.notification;

import org.jspecify.annotations.NullMarked;
