/// E-mails by SMTP, with Jakarta Mail.
///
/// [waybill.server.mail.SmtpMailer] sends one message and answers what came of it; start there.
@NullMarked
package waybill.server.mail;

import org.jspecify.annotations.NullMarked;
