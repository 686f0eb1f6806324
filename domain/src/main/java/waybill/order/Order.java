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
        boolean isPaid,
        Details details,
        Instant placedAt,
        @Nullable Instant acceptByOrNone,
        long version) {

    public Optional<Actor> driver() {
        return Optional.ofNullable(driverOrNone);
    }

    public Optional<Instant> acceptBy() {
        return Optional.ofNullable(acceptByOrNone);
    }

    /// The same order after its next event, at that position of the log.
    public Order at(long position) {
        return changed(row == 0 ? position : row, number, state, driverOrNone, isPaid, position);
    }

    Order in(OrderState next) {
        return changed(row, number, next, driverOrNone, isPaid, version);
    }

    Order with(Actor driver) {
        return changed(row, number, state, driver, isPaid, version);
    }

    Order paid() {
        return changed(row, number, state, driverOrNone, true, version);
    }

    Order numbered(String given) {
        return changed(row, given, state, driverOrNone, isPaid, version);
    }

    /// The same with the place in the books of the one before it.
    Order after(Order before) {
        return changed(before.row, number, state, driverOrNone, isPaid, before.version);
    }

    private Order changed(
            long inRow, String called, OrderState now, @Nullable Actor driver, boolean paid, long newest) {
        return new Order(
                id,
                inRow,
                called,
                store,
                messageId,
                foreignId,
                now,
                driver,
                paid,
                details,
                placedAt,
                acceptByOrNone,
                newest);
    }
}
