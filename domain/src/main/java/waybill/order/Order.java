package waybill.order;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An order as it stands, or stood after one of its events.
///
/// @param storageId its number in the books, which is the position of the event that placed it; 0 while it is new
/// @param number what people call it, such as `WB-20260131-0001`; empty while it is new
/// @param messageId its sender's own name for it, unique in its store
/// @param foreignId another name of its sender for it, unique in its store too; often the same
/// @param driverOrNone who has it, had it, or is to fetch it
/// @param paidMinorUnits what was paid until now, in minor units of the currency of its total; where nobody has said
/// what it
///     costs, 1 when it is paid
/// @param acceptByOrNone until when its store must accept it
/// @param lastSequence the position of its newest event; 0 while it is new
public record Order(
        OrderId id,
        long storageId,
        String number,
        String store,
        String messageId,
        String foreignId,
        OrderState state,
        @Nullable Actor driverOrNone,
        long paidMinorUnits,
        OrderDetails details,
        Instant placedAt,
        @Nullable Instant acceptByOrNone,
        long lastSequence) {

    public Optional<Actor> driver() {
        return Optional.ofNullable(driverOrNone);
    }

    /// Whether nothing of it is still to be paid.
    public boolean isPaid() {
        return amountDue().map(open -> open.minorUnits() == 0).orElse(paidMinorUnits > 0);
    }

    /// What is still to be paid, if somebody has said what it costs.
    public Optional<Money> amountDue() {
        return details.total()
                .map(total -> new Money(Math.max(0, total.minorUnits() - paidMinorUnits), total.currency()));
    }

    /// The customer who gave the order its foreign id. Such an id is unique among those of that customer at that store,
    /// and never meets an id of the store: the message id is the order's own.
    public Optional<String> foreignIdOwner() {
        return messageId.equals(id.toString()) && !foreignId.equals(messageId) ? details.customer() : Optional.empty();
    }

    public Optional<Instant> acceptBy() {
        return Optional.ofNullable(acceptByOrNone);
    }

    /// The same with other details.
    public Order withDetails(OrderDetails value) {
        return new Order(
                id,
                storageId,
                number,
                store,
                messageId,
                foreignId,
                state,
                driverOrNone,
                paidMinorUnits,
                value,
                placedAt,
                acceptByOrNone,
                lastSequence);
    }

    /// The same order after its next event, at that position of the log.
    public Order withSequence(long position) {
        return copy(storageId == 0 ? position : storageId, number, state, driverOrNone, paidMinorUnits, position);
    }

    public Order withState(OrderState next) {
        return copy(storageId, number, next, driverOrNone, paidMinorUnits, lastSequence);
    }

    public Order withDriver(Actor driver) {
        return copy(storageId, number, state, driver, paidMinorUnits, lastSequence);
    }

    public Order withoutDriver() {
        return copy(storageId, number, state, null, paidMinorUnits, lastSequence);
    }

    /// The same with so much more of it paid.
    public Order paid(Money amount) {
        var inAll = details.total().isPresent() ? Math.addExact(paidMinorUnits, amount.minorUnits()) : 1;
        return copy(storageId, number, state, driverOrNone, inAll, lastSequence);
    }

    public Order withNumber(String given) {
        return copy(storageId, given, state, driverOrNone, paidMinorUnits, lastSequence);
    }

    /// The same with the place in the books of the one before it.
    public Order withSequencesOf(Order before) {
        return copy(before.storageId, number, state, driverOrNone, paidMinorUnits, before.lastSequence);
    }

    private Order copy(long inRow, String called, OrderState now, @Nullable Actor driver, long inAll, long newest) {
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
