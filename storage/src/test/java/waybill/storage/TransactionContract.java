package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.OrderFixture.storeActor;
import static waybill.storage.StoreContract.ACME;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.LogEntry;
import waybill.journal.PendingResponse;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.OrderCommand;

/// What a transaction reads, and when its events get their sequences.
interface TransactionContract extends StorePorts {

    UserId SHOPPER = new UserId(Role.CUSTOMER, "nils");

    @Test
    default void eventsHaveProvisionalSequencesUntilTheCommit() {
        orderFixture().place(ACME, "m1").join();
        var sequences = journal()
                .submit(new Transaction<>(List.of(), work -> {
                    var first = work.append(coupon("A"), Actor.HUB, NOON, NOON);
                    var second = work.append(coupon("B"), Actor.HUB, NOON, NOON);
                    assertThat(first).isEqualTo(-1);
                    assertThat(second).isEqualTo(-2);
                    return committed -> List.of(committed.of(first), committed.of(second), committed.of(0L));
                }))
                .join();
        assertThat(sequences).containsExactly(2L, 3L, 0L);
        assertThat(eventLog().listAfter(1, 9)).extracting(LogEntry::sequence).containsExactly(2L, 3L);
    }

    @Test
    default void anOrderThatWasChangedHasAProvisionalSequenceUntilTheCommit() {
        orderFixture().place(ACME, "m1").join();
        var placed = OrderFixture.id(ACME, "m1");
        var order = journal()
                .submit(new Transaction<>(List.of(new Read.OfOrder(placed)), work -> {
                    var request =
                            orderFixture().request(ACME, "m1", new OrderCommand.Cancel("closed"), storeActor(ACME));
                    assertThat(orderFixture().handler().handleInTransaction(work, request))
                            .isInstanceOf(OrderResult.Committed.class);
                    var changed = work.findOrder(placed).orElseThrow();
                    assertThat(changed.lastSequence()).isNegative();
                    return sequences -> sequences.of(changed);
                }))
                .join();
        assertThat(order.lastSequence()).isEqualTo(2);
        assertThat(orderQueries().findOrder(placed).orElseThrow().lastSequence())
                .isEqualTo(2);
    }

    @Test
    default void aStoredResponseHasTheSequencesOfTheCommit() {
        orderFixture().place(ACME, "m1").join();
        journal()
                .submit(new Transaction<>(List.of(new Read.OfResponse(SHOPPER, "k1")), work -> {
                    var sequence = work.append(coupon("A"), Actor.HUB, NOON, NOON);
                    work.save(SHOPPER, "k1", response("f", sequence), NOON);
                    return _ -> true;
                }))
                .join();
        assertThat(StoredResponses.find(journal(), SHOPPER, "k1")).contains(new StoredResponse("f", 201, "2"));
    }

    /// The first request changes something, and the second is a duplicate of it, whether they are committed together
    /// or not.
    @Test
    default void requestsWithTheSameKeyInOneBatchHaveOneEffectAndOneResponse() {
        var answers = new ArrayList<CompletableFuture<StoredResponse>>();
        for (var i = 0; i < 20; i++) {
            answers.add(journal().submit(new Transaction<>(List.of(new Read.OfResponse(SHOPPER, "k1")), work -> {
                var response = work.findResponse(SHOPPER, "k1").orElseGet(() -> {
                    var first = response("f", work.append(coupon("A"), Actor.HUB, NOON, NOON));
                    work.save(SHOPPER, "k1", first, NOON);
                    return first;
                });
                return response::render;
            })));
        }
        assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(new StoredResponse("f", 201, "1"));
        assertThat(StoredResponses.find(journal(), SHOPPER, "k1")).contains(new StoredResponse("f", 201, "1"));
        assertThat(eventLog().lastSequence()).isEqualTo(1);
    }

    private static PendingResponse response(String fingerprint, long sequence) {
        return new PendingResponse(
                fingerprint, sequences -> new StoredResponse(fingerprint, 201, "" + sequences.of(sequence)));
    }

    @Test
    default void aDeclaredReadFindsWhatIsThere() {
        orderFixture().place(ACME, "m1", "f1").join();
        var reads = List.<Read>of(
                new Read.OfStoreReference(ACME, "m1"),
                new Read.OfStoreReference(ACME, "f1"),
                new Read.OfStoreReference(ACME, "m2"),
                new Read.OfStoreReference("unknown", "m1"),
                new Read.OfOrder(OrderFixture.id(ACME, "m1")),
                new Read.OfOrder(OrderFixture.id(ACME, "m2")));
        var found = journal()
                .submit(new Transaction<>(reads, work -> {
                    var orders = List.of(
                            work.findByStoreReference(ACME, "m1").isPresent(),
                            work.findByStoreReference(ACME, "f1").isPresent(),
                            work.findByStoreReference(ACME, "m2").isPresent(),
                            work.findByStoreReference("unknown", "m1").isPresent(),
                            work.findOrder(OrderFixture.id(ACME, "m1")).isPresent(),
                            work.findOrder(OrderFixture.id(ACME, "m2")).isPresent());
                    return _ -> orders;
                }))
                .join();
        assertThat(found).containsExactly(true, true, false, false, true, false);
    }

    private static HubEvent.CouponCreated coupon(String code) {
        return new HubEvent.CouponCreated(code, "", BigDecimal.ONE);
    }
}
