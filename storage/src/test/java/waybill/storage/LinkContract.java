package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.link.TrackingLink;
import waybill.order.Actor;
import waybill.order.OrderEvent;
import waybill.order.OrderId;

/// The public links to orders, and their events.
interface LinkContract extends StorePorts {

    OrderId SHARED = new OrderId(new UUID(7, 1));
    OrderId UNSHARED = new OrderId(new UUID(7, 2));
    int MAX = 3;

    @Test
    default void aLinkIsFoundByTheHashOfItsToken() {
        var link = link(1, SHARED, NOON);
        assertThat(save(link)).isEmpty();
        assertThat(links().findLink(link.tokenHash())).contains(link);
        assertThat(links().findLink("another")).isEmpty();
    }

    @Test
    default void oneLinkTooManyReplacesTheOldestOfItsOrder() {
        var other = link(9, UNSHARED, NOON);
        save(other);
        var all = IntStream.rangeClosed(1, MAX + 1)
                .mapToObj(n -> link(n, SHARED, NOON.plusSeconds(n)))
                .toList();
        all.subList(0, MAX).forEach(link -> assertThat(save(link)).isEmpty());
        assertThat(save(all.getLast())).containsExactly(all.getFirst());
        assertThat(links().findLink(all.getFirst().tokenHash())).isEmpty();
        assertThat(links().findLink(all.get(1).tokenHash())).isPresent();
        assertThat(links().findLink(other.tokenHash())).isPresent();
    }

    @Test
    default void expiredLinksDoNotCount() {
        for (var n = 1; n <= MAX; n++) {
            save(link(n, SHARED, NOON));
        }
        var later = NOON.plus(Duration.ofHours(2));
        assertThat(save(link(MAX + 1, SHARED, later))).isEmpty();
        assertThat(delete(SHARED, later)).hasSize(1);
    }

    @Test
    default void theLinksOfAnOrderAreDeletedTogether() {
        var first = link(1, SHARED, NOON);
        var second = link(2, SHARED, NOON.plusSeconds(1));
        var other = link(3, UNSHARED, NOON);
        List.of(second, first, other).forEach(this::save);
        assertThat(delete(SHARED, NOON)).containsExactly(first, second);
        assertThat(delete(SHARED, NOON)).isEmpty();
        assertThat(links().findLink(first.tokenHash())).isEmpty();
        assertThat(links().findLink(other.tokenHash())).contains(other);
    }

    @Test
    default void theEventsOfLinksAreReadAsTheyWereAppended() {
        orderFixture().place(ACME, "m1").join();
        var id = eventLog().listAfter(0, 1).getFirst().order().orElseThrow().id();
        var shared = new OrderEvent.LinkShared(new UUID(1, 1), NOON.plusSeconds(60), List.of());
        var replacing = new OrderEvent.LinkShared(
                new UUID(1, 2), NOON.plusSeconds(60), List.of(new UUID(1, 1), new UUID(1, 3)));
        var revoked = new OrderEvent.LinksRevoked(List.of(new UUID(1, 2)));
        var jane = new Actor(Actor.Kind.CUSTOMER, "jane");
        for (var event : List.of(shared, replacing, revoked)) {
            submitEvent(work -> {
                        var order = work.findOrder(id).orElseThrow();
                        return work.append(order.state(), order, event, jane, NOON, NOON);
                    })
                    .join();
        }
        assertThat(eventLog().listHistory(id).stream().filter(entry -> entry.event() instanceof OrderEvent.OfLinks))
                .allMatch(entry -> entry.actor().equals(jane))
                .extracting(entry -> (Object) entry.event())
                .containsExactly(shared, replacing, revoked);
    }

    private static TrackingLink link(int number, OrderId order, Instant createdAt) {
        return new TrackingLink(
                new UUID(3, number), order, "hash-" + number, createdAt, createdAt.plus(Duration.ofHours(1)));
    }

    private List<TrackingLink> save(TrackingLink link) {
        return journal().submit(work -> work.save(link, MAX)).join();
    }

    private List<TrackingLink> delete(OrderId order, Instant now) {
        return journal().submit(work -> work.deleteLinks(order, now)).join();
    }
}
