package waybill.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that an administrator has to look at. There is at most one open alert of a kind and a subject.
///
/// @param subject what it is about: an order number, a driver, a queue or a node
/// @param since when it was opened
public record SystemAlert(
        UUID id,
        Kind kind,
        Severity severity,
        String subject,
        String message,
        Instant since,
        @Nullable OrderId orderOrNone,
        @Nullable String driverOrNone) {

    public enum Severity {
        WARNING,
        CRITICAL;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Kind {
        /// A store has not answered a new order in time.
        ORDER_UNANSWERED(Severity.WARNING),

        /// The signal of a driver with an active order is lost.
        DRIVER_LOST(Severity.WARNING),

        /// A payment provider has reported a payment that does not fit its order.
        PAYMENT_MISMATCH(Severity.CRITICAL),

        /// A queue of `/caps` is long.
        QUEUE_LONG(Severity.WARNING),

        /// Many webhooks, push messages or e-mails wait to be sent.
        OUTBOUND_BACKLOG(Severity.WARNING),

        /// The disk of a node is nearly full.
        DISK_NEARLY_FULL(Severity.CRITICAL),

        /// The store of a node cannot be written.
        STORE_UNWRITABLE(Severity.CRITICAL),

        /// A node can neither store nor read uploaded files.
        FILES_UNREACHABLE(Severity.CRITICAL),

        /// Many transactions of a node wait to be written.
        JOURNAL_QUEUE(Severity.WARNING),

        /// Many committed events are not published by a node yet.
        RELAY_LAG(Severity.WARNING);

        private final Severity severity;

        Kind(Severity severity) {
            this.severity = severity;
        }

        public Severity severity() {
            return severity;
        }

        /// Whether it is about one node of the hub.
        public boolean isOfNode() {
            return switch (this) {
                case ORDER_UNANSWERED, DRIVER_LOST, PAYMENT_MISMATCH, QUEUE_LONG, OUTBOUND_BACKLOG -> false;
                case DISK_NEARLY_FULL, STORE_UNWRITABLE, FILES_UNREACHABLE, JOURNAL_QUEUE, RELAY_LAG -> true;
            };
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> parse(String word) {
            return Stream.of(values())
                    .filter(kind -> kind.wireName().equals(word))
                    .findFirst();
        }
    }

    public SystemAlert {
        since = since.truncatedTo(ChronoUnit.MILLIS);
    }

    public Optional<OrderId> order() {
        return Optional.ofNullable(orderOrNone);
    }

    public Optional<String> driver() {
        return Optional.ofNullable(driverOrNone);
    }
}
