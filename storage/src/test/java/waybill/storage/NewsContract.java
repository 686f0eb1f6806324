package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderBookContract.PIZZA;
import static waybill.storage.Parcels.KARI;
import static waybill.storage.Parcels.NOON;
import static waybill.storage.Parcels.OLA;
import static waybill.storage.Parcels.storeOf;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverStatus;
import waybill.mailbox.Reader;
import waybill.mailbox.Receipt;
import waybill.mailbox.Receipt.State;
import waybill.mailbox.Recipient;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;

/// What [waybill.order.EventLog] promises to those who want to know what they have missed, and
/// [waybill.mailbox.Receipts] of what stores must say that they have.
interface NewsContract extends StorePorts {

    Actor BOSS = new Actor(Actor.Kind.ADMIN, "boss");

    @Test
    default void everyKindOfNewsThatIsNotOfAnOrderIsReadBack() {
        var order = Parcels.order(parcels().order(ACME, "m1", PIZZA, NOON).join());
        var events = List.of(
                new HubEvent.BusinessStatusChanged(ACME, "Acme \"Widgets\"", false),
                new HubEvent.DriverStatusChanged("kari", DriverStatus.BUSY, order.id()),
                new HubEvent.DriverStatusChanged("kari", DriverStatus.OFFLINE, null),
                new HubEvent.Notified(
                        new UUID(1, 2), new UserId(Role.CUSTOMER, "nils"), "Hei", "Maten er på vei\n", "info"),
                new HubEvent.OfferMade("TEN", "Ten off", new BigDecimal("10.50")));
        events.forEach(event -> announce(event).join());
        var news = log().news(reader(Role.ADMIN, "boss"), 1, Long.MAX_VALUE, 10);
        assertThat(news).extracting(LogEntry::event).containsExactlyElementsOf(events);
        assertThat(news).allSatisfy(entry -> {
            assertThat(entry.order()).isEmpty();
            assertThat(entry.by()).isEqualTo(BOSS);
            assertThat(entry.receivedAt()).isEqualTo(NOON.plusMillis(1));
        });
        assertThat(log().search(new LogFilter(ACME, null, 0, NOON, 10)))
                .extracting(LogEntry::position)
                .as("what a store has said of itself is its own")
                .containsExactly(1L, 2L);
    }

    @Test
    default void everybodyGetsTheirOwnLettersAndWhatIsForAllOfTheirKind() {
        var mine = announce(
                new HubEvent.Notified(new UUID(1, 1), new UserId(Role.CUSTOMER, "nils"), "t", "m", "info"),
                user("nils"));
        var hers = announce(
                new HubEvent.Notified(new UUID(1, 2), new UserId(Role.CUSTOMER, "eva"), "t", "m", "info"), user("eva"));
        var drivers = announce(offer("A"), new Recipient.Everybody(Role.DRIVER));
        var customers = announce(offer("B"), new Recipient.Everybody(Role.CUSTOMER));
        var all = announce(offer("C"), new Recipient.Anybody());
        assertThat(news(reader(Role.CUSTOMER, "nils"))).containsExactly(mine, customers, all);
        assertThat(news(reader(Role.CUSTOMER, "eva"))).containsExactly(hers, customers, all);
        assertThat(news(reader(Role.DRIVER, "nils")))
                .as("a driver of the same id is another user")
                .containsExactly(drivers, all);
        assertThat(news(reader(Role.CUSTOMER, "stranger"))).containsExactly(customers, all);
        assertThat(news(reader(Role.SUPPORT, "boss"))).containsExactly(mine, hers, drivers, customers, all);
        assertThat(news(new Reader(List.of(), null, false))).isEmpty();
    }

    @Test
    default void aMerchantReadsWhatIsOfTheirStoreAndWhatIsForThem() {
        var hers = new UserId(Role.MERCHANT, "eva");
        parcels().order(ACME, "m1", PIZZA, NOON).join();
        parcels().order(FLOWERS, "m2", PIZZA, NOON).join();
        announce(new HubEvent.BusinessStatusChanged(ACME, "Acme", false), new Recipient.Anybody());
        announce(new HubEvent.BusinessStatusChanged(FLOWERS, "Flowers", false));
        announce(new HubEvent.Notified(new UUID(1, 1), hers, "t", "m", "info"), new Recipient.User(hers));
        parcels().say(ACME, "m1", new OrderCommand.Accept(), storeOf(ACME)).join();
        var eva = Reader.of(new Principal("eva", Role.MERCHANT, null, null, ACME));
        assertThat(news(eva)).as("each once, in the log's order").containsExactly(1L, 3L, 5L, 6L);
    }

    @Test
    default void aDriverWhoseOrderIsGivenToAnotherIsToldSoAndNothingMore() {
        parcels().order(ACME, "m1", PIZZA, NOON).join();
        for (var command : List.of(
                new OrderCommand.Accept(),
                new OrderCommand.Claim(KARI),
                new OrderCommand.Assign(OLA),
                new OrderCommand.MarkReady())) {
            parcels().say(ACME, "m1", command, storeOf(ACME)).join();
        }
        var taken = 3L;
        var given = 4L;
        assertThat(log().after(0, 10).get((int) given - 1).event()).isEqualTo(new OrderEvent.Assigned(OLA, KARI));
        assertThat(news(new Reader(List.of(driver("kari")), null, false))).containsExactly(taken, given);
        assertThat(news(new Reader(List.of(driver("ola")), null, false))).startsWith(given);
    }

    @Test
    default void newsIsReadInPagesUpToAPlace() {
        var all = IntStream.range(0, 25)
                .mapToObj(i -> i % 2 == 0
                        ? announce(offer("even" + i), user("nils"), new Recipient.Anybody())
                        : announce(offer("odd" + i), i % 3 == 0 ? new Recipient.Anybody() : user("eva")))
                .toList();
        var nils = reader(Role.CUSTOMER, "nils");
        var expected = IntStream.range(0, 20)
                .filter(i -> i % 2 == 0 || i % 3 == 0)
                .mapToObj(all::get)
                .toList();
        var seen = new ArrayList<Long>();
        for (var page = log().news(nils, 0, 20, 4); !page.isEmpty(); page = log().news(nils, seen.getLast(), 20, 4)) {
            assertThat(page).hasSizeLessThanOrEqualTo(4);
            page.forEach(entry -> seen.add(entry.position()));
        }
        assertThat(seen).containsExactlyElementsOf(expected);
        assertThat(log().news(reader(Role.ADMIN, "boss"), 3, 20, 2))
                .extracting(LogEntry::position)
                .containsExactly(4L, 5L);
        assertThat(log().news(reader(Role.ADMIN, "boss"), 19, 20, 9)).hasSize(1);
        assertThat(log().news(nils, 20, 20, 9)).isEmpty();
    }

    /// Names are numbered in memory too, and a number that was taken back must not be another's.
    @Test
    default void lettersOfWorkThatFailedReachNobody() {
        var bad = journal().<Long>submit(ledger -> {
            ledger.post(user("nobody"), ledger.append(offer("BAD"), BOSS, NOON, NOON));
            throw new IllegalArgumentException("a bug");
        });
        var hers = journal().submit(ledger -> {
            var position = ledger.append(offer("GOOD"), BOSS, NOON, NOON);
            ledger.post(user("eva"), position);
            return position;
        });
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(hers.join()).isEqualTo(1);
        assertThat(news(reader(Role.CUSTOMER, "eva"))).containsExactly(1L);
        var later = announce(offer("LATER"), user("nobody"));
        assertThat(news(reader(Role.CUSTOMER, "nobody"))).containsExactly(later);
    }

    /// Whoever reads on from the newest position they have seen misses no letter, however busy the writers are.
    @Test
    default void noNewsAppearsBehindAReader() {
        var posted = IntStream.range(0, 2_000)
                .mapToObj(i -> journal().submit(ledger -> {
                    var position = ledger.append(offer("o" + i), BOSS, NOON, NOON);
                    ledger.post(i % 2 == 0 ? user("nils") : new Recipient.Everybody(Role.CUSTOMER), position);
                    return position;
                }))
                .toList();
        var nils = reader(Role.CUSTOMER, "nils");
        var seen = new ArrayList<Long>();
        while (seen.size() < posted.size()) {
            var last = seen.isEmpty() ? 0 : seen.getLast();
            log().news(nils, last, log().head(), 100).forEach(entry -> seen.add(entry.position()));
            assertThat(seen).isSorted();
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(2_000);
    }

    @Test
    default void aStoreIsAskedOnceMoreUntilItSaysThatItHasAnOrder() {
        parcels().order(ACME, "m1", PIZZA, NOON).join();
        assertThat(receipts(State.PENDING)).extracting(Receipt::eventId).containsExactly(1L);
        journal()
                .submit(ledger -> {
                    ledger.noteSent(ACME, 1, NOON.plusSeconds(1));
                    ledger.noteSent(ACME, 1, NOON.plusSeconds(2));
                    ledger.noteSent(FLOWERS, 1, NOON.plusSeconds(3));
                    return true;
                })
                .join();
        assertThat(receipts(null)).containsExactly(new Receipt(1, ACME, NOON, 2, NOON.plusSeconds(2), null, null));
        assertThat(receipts(State.PENDING)).isEmpty();
        assertThat(receipts(State.SENT)).hasSize(1);
        assertThat(acknowledged(FLOWERS, 1)).as("another store's").isFalse();
        assertThat(acknowledged(ACME, 2)).as("of nothing").isFalse();
        assertThat(acknowledged(ACME, 1)).isTrue();
        assertThat(acknowledged(ACME, 1)).as("again").isFalse();
        parcels().say(ACME, "m1", new OrderCommand.Accept(), storeOf(ACME)).join();
        assertThat(receipts(null))
                .containsExactly(new Receipt(1, ACME, NOON, 2, NOON.plusSeconds(2), NOON.plusSeconds(9), null));
        assertThat(receipts(State.ACKNOWLEDGED)).hasSize(1);
    }

    @Test
    default void aReceiptIsClosedWhenItsOrderGoesOn() {
        parcels().order(ACME, "m1", PIZZA, NOON).join();
        parcels().order(ACME, "m2", PIZZA, NOON).join();
        parcels()
                .say(ACME, "m1", new OrderCommand.Decline("no dough"), storeOf(ACME))
                .join();
        assertThat(receipts(State.CLOSED)).containsExactly(new Receipt(1, ACME, NOON, 0, null, null, NOON));
        assertThat(receipts(State.PENDING)).extracting(Receipt::eventId).containsExactly(2L);
        assertThat(acknowledged(ACME, 1)).as("late, but heard").isTrue();
    }

    @Test
    default void aReceiptThatFailedWorkClosedIsStillOpenAndCanBeClosed() {
        var order = Parcels.order(parcels().order(ACME, "m1", PIZZA, NOON).join());
        var bad = journal().<Boolean>submit(ledger -> {
            ledger.closeReceipts(order, NOON);
            throw new IllegalArgumentException("a bug");
        });
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(receipts(State.PENDING)).hasSize(1);
        parcels()
                .say(ACME, "m1", new OrderCommand.Decline("no dough"), storeOf(ACME))
                .join();
        assertThat(receipts(State.CLOSED)).hasSize(1);
    }

    @Test
    default void receiptsAreSearchedByStoreAndInPages() {
        IntStream.range(0, 6)
                .forEach(i -> parcels()
                        .order(i % 2 == 0 ? ACME : FLOWERS, "m" + i, PIZZA, NOON)
                        .join());
        assertThat(receipts().search(Optional.of(FLOWERS), Optional.empty(), 0, 2))
                .extracting(Receipt::eventId)
                .containsExactly(2L, 4L);
        assertThat(receipts().search(Optional.of(FLOWERS), Optional.of(State.PENDING), 4, 2))
                .extracting(Receipt::eventId)
                .containsExactly(6L);
        assertThat(receipts().search(Optional.of("nobody"), Optional.empty(), 0, 2))
                .isEmpty();
    }

    @Test
    default void aParcelNeverHasMoreThanOneReceipt() {
        parcels().place(ACME, "m1").join();
        parcels().deliver(ACME, "m1", KARI).join();
        assertThat(receipts(null)).hasSizeLessThanOrEqualTo(1);
    }

    private static HubEvent.OfferMade offer(String code) {
        return new HubEvent.OfferMade(code, "", BigDecimal.ONE);
    }

    private static Recipient driver(String id) {
        return new Recipient.User(new UserId(Role.DRIVER, id));
    }

    private static Recipient user(String id) {
        return new Recipient.User(new UserId(Role.CUSTOMER, id));
    }

    private static Reader reader(Role role, String id) {
        return Reader.of(new Principal(id, role, null, null, null));
    }

    private CompletableFuture<Long> announce(HubEvent event) {
        return journal().submit(ledger -> ledger.append(event, BOSS, NOON, NOON.plusMillis(1)));
    }

    private long announce(HubEvent event, Recipient... recipients) {
        return journal()
                .submit(ledger -> {
                    var position = ledger.append(event, BOSS, NOON, NOON);
                    List.of(recipients).forEach(recipient -> ledger.post(recipient, position));
                    return position;
                })
                .join();
    }

    private boolean acknowledged(String store, long position) {
        return journal()
                .submit(ledger -> ledger.acknowledge(store, position, NOON.plusSeconds(9)))
                .join();
    }

    private List<Receipt> receipts(@Nullable State state) {
        return receipts().search(Optional.empty(), Optional.ofNullable(state), 0, 100);
    }

    private List<Long> news(Reader reader) {
        return log().news(reader, 0, Long.MAX_VALUE, 100).stream()
                .map(LogEntry::position)
                .toList();
    }
}
