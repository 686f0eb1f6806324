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
        ORDER_UNANSWERED(Severity.WARNING, true),

        /// The signal of a driver with an active order is lost.
        DRIVER_LOST(Severity.WARNING, true),

        /// A payment provider has reported an amount that is not the amount due.
        PAYMENT_MISMATCH(Severity.CRITICAL, true),

        /// A queue of `/caps` is long.
        QUEUE_LONG(Severity.WARNING, true),

        /// The disk of a node is nearly full.
        DISK_NEARLY_FULL(Severity.CRITICAL, false),

        /// The store of a node takes no writes.
        STORE_NOT_WRITABLE(Severity.CRITICAL, false),

        /// Many transactions wait to be written.
        JOURNAL_QUEUE(Severity.WARNING, false),

        /// Many committed events are not published yet.
        RELAY_LAG(Severity.WARNING, false);

        private final Severity severity;
        private final boolean isLogged;

        Kind(Severity severity, boolean isLogged) {
            this.severity = severity;
            this.isLogged = isLogged;
        }

        public Severity severity() {
            return severity;
        }

        /// Whether it is an event of the log, which administrators receive also if they connect later. The others
        /// are about one node, and perhaps about the store of the log itself.
        public boolean isLogged() {
            return isLogged;
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
