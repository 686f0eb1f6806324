package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OTHER_SHOP;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.DialectServerFixture.SUPPORT;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.HubCommands;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;

/// A backend's own events, to clients of every dialect on two nodes of one store.
class EmitTest {

    private static final Principal SHOP_BACKEND = new Principal("shop", Role.SERVICE, null, null, null);
    private static final String EVENT = "loyalty:points";
    private static final String LAST = "last:";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture one;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture two;

    private int lasts;

    @BeforeEach
    void open() {
        var adapters = new JoinedAdapters();
        one = DialectServerFixture.node(data, adapters);
        two = one.otherNode(adapters);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/realtime, eventId",
        "/marketplace, event_id",
        "/storefront, eventId",
        "/customer, eventId",
        "/, eventId"
    })
    void aUserReceivesItOnceOnEachSocketOfAnyNodeAndNoOtherUserDoes(String namespace, String idField) {
        var sockets = List.of(one.connect(namespace, ANNA), two.connect(namespace, ANNA), one.connect(namespace, ANNA));
        var other = two.connect(namespace, BEN);
        var eventId = emit(new EmitTarget.User(ANNA.user()), "{\"points\":120}");
        emitLast();
        for (var socket : sockets) {
            var received = socket.nextEvent(EVENT).payload();
            assertThat(received.optInt("points")).isEqualTo(120);
            assertThat(received.optLong(idField)).isEqualTo(eventId);
            assertThat(untilLast(socket)).isEmpty();
        }
        assertThat(untilLast(other)).isEmpty();
    }

    @Test
    void aRoleReceivesItInEveryDialectAndNoOtherRoleDoes() {
        for (var namespace : List.of("/realtime", "/marketplace", "/storefront")) {
            for (var role : List.of(ANNA, SHOP, KARI, ADMIN, SUPPORT)) {
                var member = two.connect(namespace, role);
                var others = Stream.of(ANNA, SHOP, KARI, ADMIN, SUPPORT)
                        .filter(other -> !other.equals(role))
                        .map(other -> one.connect(namespace, other))
                        .toList();
                var event = "round:" + namespace + role.role();
                emit(new EmitTarget.RoleMembers(role.role()), event, "{}");
                emitLast();
                assertThat(untilLast(member)).as(namespace + " " + role).containsOnlyOnce(event);
                others.forEach(
                        other -> assertThat(untilLast(other)).as(namespace).doesNotContain(event));
                member.close();
                others.forEach(LiveTestClient::close);
            }
        }
    }

    @Test
    void thePartiesToAnOrderReceiveItAndOtherUsersDoNot() {
        var order = one.placeInTransit(KARI);
        awaitRelays();
        var parties = List.of(
                one.connect("/realtime", ANNA),
                two.connect("/marketplace", KARI),
                two.connect("/storefront", SHOP),
                one.connect("/storefront", ADMIN));
        var others = List.of(one.connect("/realtime", BEN), two.connect("/marketplace", OTHER_SHOP));
        emit(EmitTarget.OrderParties.of(order), "{}");
        emitLast();
        parties.forEach(party -> assertThat(untilLast(party)).containsExactly(EVENT));
        others.forEach(other -> assertThat(untilLast(other)).isEmpty());
    }

    @Test
    void aUserThatWasAwayReceivesItOnceWhenItIsBack() {
        one.connect("/realtime", ANNA).close();
        one.awaitRelay();
        emit(new EmitTarget.User(ANNA.user()), "{\"points\":1}");
        emit(new EmitTarget.RoleMembers(Role.CUSTOMER), "{\"points\":2}");
        emit(new EmitTarget.User(BEN.user()), "{\"points\":3}");
        awaitRelays();
        two.close();
        one.restart();
        var back = one.connect("/realtime", ANNA);
        assertThat(back.nextEvent(EVENT).payload().optInt("points")).isEqualTo(1);
        assertThat(back.nextEvent(EVENT).payload().optInt("points")).isEqualTo(2);
        emitLast();
        assertThat(untilLast(back)).isEmpty();
    }

    @Test
    void aRoomReceivesItOnEveryNodeInItsNamespaceAndNotLater() {
        var here = one.connect("/realtime", ANNA);
        var there = two.connect("/realtime", ANNA);
        var elsewhere = one.connect("/storefront", ANNA);
        emit(new EmitTarget.Room("/realtime", "user:customer:anna"), "{}");
        emitLast();
        assertThat(untilLast(here)).containsExactly(EVENT);
        assertThat(untilLast(there)).containsExactly(EVENT);
        assertThat(untilLast(elsewhere)).isEmpty();
        awaitRelays();
        here.close();
        there.close();
        emit(new EmitTarget.Room("/realtime", "user:customer:anna"), "{}");
        awaitRelays();
        var back = one.connect("/realtime", ANNA);
        emitLast();
        assertThat(untilLast(back)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/realtime", "/marketplace", "/storefront", "/"})
    void aServiceHasNoSocket(String namespace) {
        assertThat(one.isAdmitted(namespace, SHOP_BACKEND)).isFalse();
    }

    private long emit(EmitTarget to, String json) {
        return emit(to, EVENT, json);
    }

    private void emitLast() {
        lasts++;
        emit(new EmitTarget.AllUsers(), LAST + lasts, "{}");
    }

    private long emit(EmitTarget to, String event, String json) {
        one.store()
                .journal()
                .submit(work -> HubCommands.emit(
                        work,
                        new HubEvent.BackendEmitted(to, event, json),
                        Actor.of(SHOP_BACKEND),
                        one.clock.instant()))
                .join();
        return one.store().eventLog().lastSequence();
    }

    /// The backend's events that a socket receives before the last one, which all of them receive.
    private List<String> untilLast(LiveTestClient socket) {
        return Stream.generate(() -> socket.nextEvent().event())
                .takeWhile(event -> !event.equals(LAST + lasts))
                .filter(event -> event.equals(EVENT) || event.startsWith("round:"))
                .toList();
    }

    private void awaitRelays() {
        one.awaitRelay();
        two.awaitRelay();
    }
}
