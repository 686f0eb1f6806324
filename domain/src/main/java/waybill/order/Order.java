package waybill.order;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An order as it stands, or stood after one of its events.
///
/// @param row its number in the books, which is the position of the event that placed it; 0 while it is new
/// @param number what people call it, such as `WB-20260131-0001`; empty while it is new
/// @param messageId its sender's own name for it, unique in its store
/// @param foreignId another name of its sender for it, unique in its store too; often the same
/// @param driverOrNone who has it, had it, or is to fetch it
/// @param paid what was paid until now, in minor units of the currency of its total; where nobody has said what it
///     costs, 1 when it is paid
/// @param acceptByOrNone until when its store must accept it
/// @param version the position of its newest event; 0 while it is new
public record Order(
        OrderId id,
        long row,
        String number,
        String store,
        String messageId,
        String foreignId,
        OrderState state,
        @Nullable Actor driverOrNone,
        long paid,
        Details details,
        Instant placedAt,
        @Nullable Instant acceptByOrNone,
        long version) {

    public Optional<Actor> driver() {
        return Optional.ofNullable(driverOrNone);
    }

    /// Whether nothing of it is still to be paid.
    public boolean isPaid() {
        return open().map(open -> open.minor() == 0).orElse(paid > 0);
    }

    /// What is still to be paid, if somebody has said what it costs.
    public Optional<Money> open() {
        return details.total().map(total -> new Money(Math.max(0, total.minor() - paid), total.currency()));
    }

    /// The customer who gave the order its foreign id. Such an id is unique among those of that customer at that store,
    /// and never meets an id of the store: the message id is the order's own.
    public Optional<String> namedBy() {
        return messageId.equals(id.toString()) && !foreignId.equals(messageId) ? details.customer() : Optional.empty();
    }

    public Optional<Instant> acceptBy() {
        return Optional.ofNullable(acceptByOrNone);
    }

    /// The same with other details.
    public Order withDetails(Details value) {
        return new Order(
                id,
                row,
                number,
                store,
                messageId,
                foreignId,
                state,
                driverOrNone,
                paid,
                value,
                placedAt,
                acceptByOrNone,
                version);
    }

    /// The same order after its next event, at that position of the log.
    public Order at(long position) {
        return changed(row == 0 ? position : row, number, state, driverOrNone, paid, position);
    }

    Order in(OrderState next) {
        return changed(row, number, next, driverOrNone, paid, version);
    }

    Order with(Actor driver) {
        return changed(row, number, state, driver, paid, version);
    }

    Order withoutDriver() {
        return changed(row, number, state, null, paid, version);
    }

    /// The same with so much more of it paid.
    Order paid(Money amount) {
        var inAll = details.total().isPresent() ? Math.addExact(paid, amount.minor()) : 1;
        return changed(row, number, state, driverOrNone, inAll, version);
    }

    Order numbered(String given) {
        return changed(row, given, state, driverOrNone, paid, version);
    }

    /// The same with the place in the books of the one before it.
    Order after(Order before) {
        return changed(before.row, number, state, driverOrNone, paid, before.version);
    }

    private Order changed(long inRow, String called, OrderState now, @Nullable Actor driver, long inAll, long newest) {
        return new Order(
                id,
                inRow,
                called,
                store,
                messageId,
                foreignId,
                now,
                driver,
                inAll,
                details,
                placedAt,
                acceptByOrNone,
                newest);
    }
}
