package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.NodeId;
import waybill.order.Actor;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderMatches;
import waybill.order.OrderQueries;
import waybill.order.OrderSearch;
import waybill.server.socket.EventResponder;
import waybill.socketio.Ack;
import waybill.socketio.RawJson;

class OrderSubscriptionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    /// The order was still the driver's when it was read, and is another's when the socket is in its room.
    @Test
    void aDriverThatIsReplacedWhileItBeginsToWatchStaysInNoRoom() {
        try (var house = DialectServerFixture.secured(data)) {
            var before = house.placeInTransit(KARI);
            house.execute(before, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
            house.awaitRelay();
            house.connect("/realtime", KARI);
            var client = house.clients().ofUser(KARI.user()).findFirst().orElseThrow();
            var core = house.parts().core();
            var watching = new OrderSubscriptions(
                    core.activeOrders(),
                    new BookOfBefore(house.store().orderQueries(), before),
                    core.blockingExecutor(),
                    house.positions(),
                    new ClientCheckpoints(new NodeId("one"), house.store().journal(), house.clients(), house.clock, 0));
            var answer = new Answer();
            var reply = new EventResponder(client.socket, "subscribe:order", answer, client.channel.counters());
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
        public boolean isRequested() {
            return true;
        }

        @Override
        public void send(@Nullable Object... args) {
            text.complete(args[0] instanceof RawJson(var json) ? json : String.valueOf(args[0]));
        }
    }

    private record BookOfBefore(OrderQueries book, Order before) implements OrderQueries {

        @Override
        public Optional<Order> findOrder(OrderId id) {
            return id.equals(before.id()) ? Optional.of(before) : book.findOrder(id);
        }

        @Override
        public OrderMatches search(OrderSearch search, OrderFilter filter) {
            return book.search(search, filter);
        }

        @Override
        public List<ListedOrder> listOrders(OrderFilter filter) {
            return book.listOrders(filter);
        }

        @Override
        public List<Order> listOverdue(Instant now, int max) {
            return book.listOverdue(now, max);
        }

        @Override
        public List<Order> idleSince(Instant time, int max) {
            return book.idleSince(time, max);
        }
    }
}
