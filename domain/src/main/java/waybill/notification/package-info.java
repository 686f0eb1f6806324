/// What people without a socket are told of an event, by push and by e-mail: which events, and which roles.
///
/// Values and pure functions: nothing here sends. Start at [waybill.notification.TriggerTable], which says what is sent
/// to which role; [waybill.notification.Notices] says which receivers are told of an event.
@NullMarked
package waybill.notification;

import org.jspecify.annotations.NullMarked;
