/// What people without a socket are told of an event, by push and by e-mail: which events, which roles, which words.
///
/// Values and pure functions: nothing here sends. Start at [waybill.notification.TriggerTable], which says what is sent
/// to which role; [waybill.notification.MessageTemplates] has the words.
@NullMarked
package waybill.notification;

import org.jspecify.annotations.NullMarked;
