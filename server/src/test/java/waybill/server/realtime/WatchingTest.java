package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ADMIN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.OLA;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderBook;
import waybill.order.OrderCommand;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.socketio.Ack;
import waybill.socketio.packet.RawJson;

class WatchingTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    /// The order was still the driver's when it was read, and is another's when the socket is in its room.
    @Test
    void aDriverThatIsReplacedWhileItBeginsToWatchStaysInNoRoom() {
        try (var house = House.secured(data)) {
            var before = house.drivenBy(KARI);
            house.does(before, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
            house.settle();
            house.connect("/realtime", KARI);
            var services = house.services();
            var client = services.clients().ofUser(KARI.user()).findFirst().orElseThrow();
            var watching = new Watching(
                    reading(services, new BookOfBefore(services.book(), before)),
                    house.positions(),
                    new ClientCheckpoints(services, 0));
            var answer = new Answer();
            var reply = new Reply(client.socket, "subscribe:order", answer, client.audience.tally());
            client.socket.loop().execute(() -> watching.watch(client, KARI, before.id(), reply));
            assertThat(answer.text.join()).contains("\"code\":\"forbidden\"");
            var rooms = CompletableFuture.supplyAsync(client.socket::rooms, client.socket.loop());
            assertThat(rooms.join()).doesNotContain(client.dialect.orderRoom(before.id()));
        }
    }

    private record Answer(CompletableFuture<String> text) implements Ack {

        Answer() {
            this(new CompletableFuture<>());
        }

        @Override
        public boolean requested() {
            return true;
        }

        @Override
        public void send(@Nullable Object... args) {
            text.complete(args[0] instanceof RawJson(var json) ? json : String.valueOf(args[0]));
        }
    }

    private record BookOfBefore(OrderBook book, Order before) implements OrderBook {

        @Override
        public Optional<Order> byId(OrderId id) {
            return id.equals(before.id()) ? Optional.of(before) : book.byId(id);
        }

        @Override
        public List<Order> list(OrderFilter filter) {
            return book.list(filter);
        }

        @Override
        public List<Order> overdue(Instant now, int max) {
            return book.overdue(now, max);
        }

        @Override
        public List<Order> idleSince(Instant time, int max) {
            return book.idleSince(time, max);
        }

        @Override
        public Optional<Instant> nextDeadline() {
            return book.nextDeadline();
        }
    }

    private static LiveServices reading(LiveServices from, OrderBook book) {
        return new LiveServices(
                from.orders(),
                from.placement(),
                from.journal(),
                from.log(),
                book,
                from.receipts(),
                from.checkpoints(),
                from.directory(),
                from.identity(),
                from.active(),
                from.lastKnown(),
                from.tracks(),
                from.clients(),
                from.readers(),
                from.wakeRelay(),
                from.clock(),
                from.elapsedMs(),
                from.random(),
                from.limits(),
                from.abandoned());
    }
}
