package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.Parcels.KARI;
import static waybill.storage.Parcels.OLA;
import static waybill.storage.Parcels.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.mailbox.Depth;
import waybill.mailbox.Letter;
import waybill.mailbox.LetterPage;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;
import waybill.order.Actor;
import waybill.order.Decision.Reason;
import waybill.order.Ledger;
import waybill.order.OrderCommand;
import waybill.order.Orders.Outcome;

/// What the ports promise about pickups that wait for all drivers, and about names that several orders have.
interface PickupContract extends StorePorts {

    Queue PICKUPS = new Queue(ACME, Topic.PICKUP);

    @Test
    default void aPickupThatADriverHasReceivedIsOutOfTheSightOfThatDriverAlone() {
        parcels().place(ACME, "m1").join();
        assertThat(received(PICKUPS, "m1", KARI)).isTrue();
        assertThat(received(PICKUPS, "m1", KARI)).as("once").isFalse();
        assertThat(offered(KARI)).isEmpty();
        assertThat(offered(OLA)).containsExactly("m1");
        assertThat(mailboxes().page(Topic.PICKUP, KARI.toString(), 0, Long.MAX_VALUE, 10))
                .isEmpty();
        assertThat(mailboxes().depths()).extracting(Depth::letters).containsExactly(1L);
    }

    @Test
    default void onceTheParcelIsTakenItsDriverIsOfferedItAgainUntilItIsDelivered() {
        parcels().place(ACME, "m1").join();
        received(PICKUPS, "m1", KARI);
        received(PICKUPS, "m1", OLA);
        parcels().collect(ACME, "m1", KARI).join();
        assertThat(offered(KARI)).containsExactly("m1");
        assertThat(received(PICKUPS, "m1", KARI)).isTrue();
        parcels().say(ACME, "m1", new OrderCommand.Assign(OLA), KARI).join();
        assertThat(offered(OLA)).as("given to another").containsExactly("m1");
        parcels().deliver(ACME, "m1", OLA).join();
        assertThat(offered(OLA)).isEmpty();
        assertThat(received(PICKUPS, "m1", OLA)).isFalse();
    }

    @Test
    default void nobodyReceivesThePickupOfAnotherDriversParcel() {
        parcels().place(ACME, "m1").join();
        parcels().collect(ACME, "m1", KARI).join();
        assertThat(received(PICKUPS, "m1", OLA)).isFalse();
        assertThat(received(PICKUPS, "m1", Parcels.storeOf(ACME))).isFalse();
        assertThat(offered(KARI)).containsExactly("m1");
    }

    @Test
    default void aPickupThatTooManyHaveReceivedIsSimplyOfferedAgain() {
        parcels().place(ACME, "m1").join();
        for (var i = 0; i < Ledger.CONFIRMATIONS_MAX; i++) {
            assertThat(received(PICKUPS, "m1", Actor.driver("d" + i))).isTrue();
        }
        assertThat(received(PICKUPS, "m1", KARI)).isFalse();
        assertThat(offered(KARI)).containsExactly("m1");
        assertThat(offered(Actor.driver("d999"))).isEmpty();
    }

    @Test
    default void withoutTheNameOfAStoreTheOnlyPickupOfThatNameIsMeant() {
        parcels().place(ACME, "m1").join();
        var topics = List.of(Topic.PICKUP);
        var orders = parcels().orders();
        assertThat(orders.received(Optional.empty(), topics, "m1", KARI).join()).isTrue();
        assertThat(orders.received(Optional.of("kari"), topics, "m1", OLA).join())
                .as("a name that is no store's")
                .isTrue();
        parcels().place(FLOWERS, "m1").join();
        var ida = Actor.driver("ida");
        assertThat(orders.received(Optional.empty(), topics, "m1", ida).join()).isFalse();
        assertThat(orders.received(Optional.of(FLOWERS), topics, "m1", ida).join())
                .isTrue();
    }

    @Test
    default void aStoreReceivesAMessageOfBothItsQueuesAtOnce() {
        parcels().place(ACME, "m1").join();
        parcels().deliver(ACME, "m1", KARI).join();
        var topics = List.of(Topic.IN_TRANSIT, Topic.DELIVERED);
        var by = Parcels.storeOf(ACME);
        assertThat(parcels()
                        .orders()
                        .received(Optional.of(ACME), topics, "m1", by)
                        .join())
                .isTrue();
        assertThat(parcels()
                        .orders()
                        .received(Optional.of(ACME), topics, "m1", by)
                        .join())
                .isFalse();
        assertThat(mailboxes().depths()).isEmpty();
    }

    @Test
    default void aPageEndsWithTheLetterThatMakesItLongEnough() {
        for (var i = 0; i < 5; i++) {
            parcels().place(ACME, "m" + i).join();
        }
        var letter = "{\"placed\":\"m0\"}".length();
        var limit = new LetterPage.Limit(10, 2 * letter);
        var all = new ArrayList<String>();
        var page = mailboxes().page(Topic.PICKUP, "nobody", 0, Long.MAX_VALUE, limit);
        while (page.hasMore()) {
            assertThat(page.letters()).hasSize(2);
            page.letters().forEach(one -> all.add(one.messageId()));
            page = mailboxes()
                    .page(Topic.PICKUP, "nobody", page.letters().getLast().eventId(), Long.MAX_VALUE, limit);
        }
        page.letters().forEach(one -> all.add(one.messageId()));
        assertThat(all).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(mailboxes().page(PICKUPS, "nobody", 0, Long.MAX_VALUE, new LetterPage.Limit(10, 1)))
                .as("at least one, however long")
                .satisfies(one -> assertThat(one.letters()).hasSize(1))
                .satisfies(one -> assertThat(one.hasMore()).isTrue());
        assertThat(mailboxes().page(PICKUPS, "nobody", 0, Long.MAX_VALUE, LetterPage.Limit.of(5)))
                .satisfies(one -> assertThat(one.hasMore()).isFalse());
    }

    @Test
    default void depthsOfOneStoreAreItsOwn() {
        parcels().place(ACME, "m1").join();
        parcels().place(FLOWERS, "m1").join();
        parcels().place(FLOWERS, "m2").join();
        parcels().deliver(FLOWERS, "m2", KARI).join();
        assertThat(mailboxes().depths(FLOWERS))
                .isEqualTo(mailboxes().depths().stream()
                        .filter(depth -> depth.queue().store().equals(FLOWERS))
                        .toList())
                .hasSize(3);
        assertThat(mailboxes().depths(ACME)).hasSize(1);
        assertThat(mailboxes().depths("nobody")).isEmpty();
        assertThat(mailboxes().isStore(ACME)).isTrue();
        assertThat(mailboxes().isStore("nobody")).isFalse();
    }

    @Test
    default void whatCustomersCallTheirOrdersMeetsNoNameOfTheStoreNorOfEachOther() {
        assertThat(parcels().orderOf("bob", ACME, "pos-1").join()).isInstanceOf(Outcome.Done.class);
        assertThat(parcels().place(ACME, "pos-1").join()).isInstanceOf(Outcome.Done.class);
        assertThat(parcels().place(ACME, "m2", "pos-2").join()).isInstanceOf(Outcome.Done.class);
        assertThat(parcels().orderOf("bob", ACME, "pos-2").join()).isInstanceOf(Outcome.Done.class);
        assertThat(parcels().orderOf("eve", ACME, "pos-1").join()).isInstanceOf(Outcome.Done.class);
        assertThat(parcels().orderOf("bob", FLOWERS, "pos-1").join()).isInstanceOf(Outcome.Done.class);
        assertThat(parcels().orderOf("bob", ACME, "pos-1").join())
                .as("the same again")
                .isInstanceOf(Outcome.Duplicate.class);
        assertThat(parcels().place(ACME, "pos-1").join()).isInstanceOf(Outcome.Duplicate.class);
        assertThat(reason(parcels().place(ACME, "m3", "pos-2").join())).isEqualTo(Reason.CONFLICT);
    }

    @Test
    default void aScannedCodeIsTheParcelAtHandWhateverOthersCallTheirs() {
        parcels().place(ACME, "code").join();
        parcels().orderOf("bob", ACME, "code").join();
        parcels().orderOf("bob", FLOWERS, "code").join();
        parcels().collect(ACME, "code", KARI).join();
        parcels().place(FLOWERS, "code").join();
        var scanned = Parcels.order(parcels().scan("code", KARI).join());
        assertThat(scanned.store()).isEqualTo(ACME);
        assertThat(scanned.messageId()).isEqualTo("code");
        var waiting = Parcels.order(parcels().scan("code", OLA).join());
        assertThat(waiting.store()).as("what waits for a driver").isEqualTo(FLOWERS);
        assertThat(waiting.messageId()).isEqualTo("code");
    }

    @Test
    default void whatIsOverIsMeantByACodeOnlyIfNothingElseIs() {
        parcels().place(ACME, "code").join();
        parcels().deliver(ACME, "code", KARI).join();
        assertThat(parcels().scan("code", KARI).join()).as("scanned twice").isInstanceOf(Outcome.Duplicate.class);
        parcels().place(FLOWERS, "code").join();
        assertThat(Parcels.order(parcels().scan("code", KARI).join()).store()).isEqualTo(FLOWERS);
    }

    private boolean received(Queue queue, String messageId, Actor by) {
        return parcels().orders().received(queue, messageId, by).join();
    }

    private List<String> offered(Actor driver) {
        return mailboxes().page(PICKUPS, driver.toString(), 0, Long.MAX_VALUE, 100).stream()
                .map(Letter::messageId)
                .toList();
    }
}
