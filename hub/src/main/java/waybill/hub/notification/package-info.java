/// The words of push messages and e-mails, in the languages of their readers.
///
/// Start at [waybill.hub.notification.MessageTemplates]. What is sent to which role is the
/// [waybill.notification.TriggerTable].
@NullMarked
package waybill.hub.notification;

import org.jspecify.annotations.NullMarked;
