package waybill.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state of an order after one of its events.
///
/// @param number the displayed order number, such as `WB-20260131-0001`; empty while it is new
/// @param messageId its sender's id for it, unique in its store
/// @param foreignId another id of its sender for it, unique in its store too; often the same
/// @param driverOrNone the driver that has it, had it, or is to pick it up
/// @param paidMinorUnits the amount paid so far, in minor units of the currency of its total; for an order without a
///     total, 1 when it is paid
/// @param acceptByOrNone the time by which its store must accept it
/// @param arrivals at which of its stops its driver is or was
/// @param offers its offers to drivers
/// @param times what a store or another system has set, and its open delay alert
/// @param proofs the proofs that were recorded of it
/// @param lastSequence the sequence of its newest event; 0 while it is new, negative while that event is not
///     committed
public record Order(
        OrderId id,
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
        Arrivals arrivals,
        OrderOffers offers,
        OrderTimes times,
        OrderProofs proofs,
        long lastSequence) {

    public Optional<Actor> driver() {
        return Optional.ofNullable(driverOrNone);
    }

    public boolean isPaid() {
        return amountDue().map(due -> due.minorUnits() == 0).orElse(paidMinorUnits > 0);
    }

    /// The amount due; empty for an order without a total.
    public Optional<Money> amountDue() {
        return details.total()
                .map(total -> new Money(Math.max(0, total.minorUnits() - paidMinorUnits), total.currency()));
    }

    /// The customer that gave the order its foreign id, if a customer did. Such an id is unique among the ids of that
    /// customer at that store and never collides with an id of the store.
    public Optional<String> foreignIdOwner() {
        return messageId.equals(id.toString()) && !foreignId.equals(messageId) ? details.customer() : Optional.empty();
    }

    public Optional<Instant> acceptBy() {
        return Optional.ofNullable(acceptByOrNone);
    }

    /// The sender's document for an event of this order: that of the step, or else that of the order.
    public String documentOf(OrderEvent event) {
        return event.document().equals(OrderEvent.NO_DOCUMENT) ? details.document() : event.document();
    }

    public Order withoutDocument() {
        return details.document().equals(OrderEvent.NO_DOCUMENT)
                ? this
                : withDetails(details.withDocument(OrderEvent.NO_DOCUMENT));
    }

    public Order withDetails(OrderDetails value) {
        return new Order(
                id,
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
                arrivals,
                offers,
                times,
                proofs,
                lastSequence);
    }

    public Order withOffers(OrderOffers value) {
        return new Order(
                id,
                number,
                store,
                messageId,
                foreignId,
                state,
                driverOrNone,
                paidMinorUnits,
                details,
                placedAt,
                acceptByOrNone,
                arrivals,
                value,
                times,
                proofs,
                lastSequence);
    }

    public Order withTimes(OrderTimes value) {
        return new Order(
                id,
                number,
                store,
                messageId,
                foreignId,
                state,
                driverOrNone,
                paidMinorUnits,
                details,
                placedAt,
                acceptByOrNone,
                arrivals,
                offers,
                value,
                proofs,
                lastSequence);
    }

    public Order withProofs(OrderProofs value) {
        return new Order(
                id,
                number,
                store,
                messageId,
                foreignId,
                state,
                driverOrNone,
                paidMinorUnits,
                details,
                placedAt,
                acceptByOrNone,
                arrivals,
                offers,
                times,
                value,
                lastSequence);
    }

    /// A copy with times in whole milliseconds, as they are stored.
    public Order withTimesInMs() {
        return new Order(
                id,
                number,
                store,
                messageId,
                foreignId,
                state,
                driverOrNone,
                paidMinorUnits,
                details,
                placedAt.truncatedTo(ChronoUnit.MILLIS),
                acceptByOrNone == null ? null : acceptByOrNone.truncatedTo(ChronoUnit.MILLIS),
                arrivals,
                offers,
                times,
                proofs,
                lastSequence);
    }

    /// A copy whose newest event has this sequence.
    public Order withSequence(long sequence) {
        return copy(number, state, driverOrNone, paidMinorUnits, sequence);
    }

    public Order withState(OrderState next) {
        return copy(number, next, driverOrNone, paidMinorUnits, lastSequence);
    }

    /// Another driver's arrivals start anew.
    public Order withDriver(Actor driver) {
        return withDriverOrNone(driver);
    }

    public Order withoutDriver() {
        return withDriverOrNone(null);
    }

    private Order withDriverOrNone(@Nullable Actor driver) {
        var nextArrivals = Objects.equals(driver, driverOrNone) ? arrivals : arrivals.ofNextDriver(state);
        return copy(number, state, driver, paidMinorUnits, nextArrivals, lastSequence);
    }

    public Order withArrival(Stop stop, Arrivals.Arrival arrival) {
        return copy(number, state, driverOrNone, paidMinorUnits, arrivals.with(stop, arrival), lastSequence);
    }

    /// A copy with `amount` more paid.
    public Order paid(Money amount) {
        var paidInTotal = details.total().isPresent() ? Math.addExact(paidMinorUnits, amount.minorUnits()) : 1;
        return copy(number, state, driverOrNone, paidInTotal, lastSequence);
    }

    public Order withNumber(String value) {
        return copy(value, state, driverOrNone, paidMinorUnits, lastSequence);
    }

    private Order copy(String newNumber, OrderState next, @Nullable Actor driver, long paid, long sequence) {
        return copy(newNumber, next, driver, paid, arrivals, sequence);
    }

    private Order copy(
            String newNumber, OrderState next, @Nullable Actor driver, long paid, Arrivals newArrivals, long sequence) {
        return new Order(
                id,
                newNumber,
                store,
                messageId,
                foreignId,
                next,
                driver,
                paid,
                details,
                placedAt,
                acceptByOrNone,
                newArrivals,
                offers,
                times,
                proofs,
                sequence);
    }
}
