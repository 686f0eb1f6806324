package waybill.server.mail;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.notification.MailAddresses;

/// The server that takes e-mails.
///
/// @param from the sender of each message
public record MailConfig(
        String host,
        int port,
        Security security,
        String from,
        @Nullable Login loginOrNone) {

    private static final int PORT_MAX = 65_535;

    /// How the connection is secured.
    public enum Security {
        /// Not at all: for a server on this machine.
        NONE,
        /// By STARTTLS, without which nothing is sent.
        STARTTLS,
        /// From the first byte on.
        TLS
    }

    /// Its text form does not contain the password.
    public record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    public MailConfig {
        if (host.isBlank() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "smtp-host, smtp-port: " + host + ", " + port + " (expected: a host, and 1.." + PORT_MAX + ")");
        }
        if (!MailAddresses.isValid(from)) {
            throw new IllegalArgumentException(
                    "mail-from: " + from + " (expected: an address such as hub@shop.example)");
        }
        if (loginOrNone != null && security == Security.NONE && !isLocal(host)) {
            throw new IllegalArgumentException(
                    "smtp-security: none with a user (expected: starttls or tls, or the password could be read)");
        }
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }

    public Optional<Login> login() {
        return Optional.ofNullable(loginOrNone);
    }

    /// The domain of the sender, which the ids of messages end with.
    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }
}
