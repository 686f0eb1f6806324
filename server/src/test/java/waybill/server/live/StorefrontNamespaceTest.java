package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.directory.Business;
import waybill.geo.Address;
import waybill.hub.HubCommands;
import waybill.order.Actor;
import waybill.order.OrderCommand;

/// `/storefront`, `/` and the namespaces for one role each, as the official Java client meets them.
class StorefrontNamespaceTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private DialectServerFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anUnregisteredClientReceivesOnlyBusinessStatus() {
        fixture = DialectServerFixture.inDevelopment(data);
        var stranger = fixture.connect("/", Map.of(), "");
        assertThat(stranger.error("join:order", fixture.place(ANNA, "acme").id().toString())
                        .optString("code"))
                .isEqualTo("unauthenticated");
        fixture.store()
                .journal()
                .submit(ledger -> HubCommands.updateBusiness(
                        ledger,
                        new Business("acme", "Acme", null, Address.UNKNOWN, false),
                        Actor.of(SHOP),
                        fixture.clock.instant()))
                .join();
        fixture.awaitRelay();
        var heard = stranger.receivedEvents();
        assertThat(heard).extracting(LiveTestClient.ReceivedEvent::event).containsExactly("business:status:update");
        assertThat(heard.getFirst().payload().optBoolean("isOpen", true)).isFalse();
        assertThat(heard.getFirst().text("businessName")).isEqualTo("Acme");
    }

    @Test
    void inDevelopmentAClientMayRegisterAndChangeItsUser() {
        fixture = DialectServerFixture.inDevelopment(data);
        var socket = fixture.connect("/", Map.of(), "");
        assertThat(socket.emitWithAck("register", json("userId", "anna", "role", "customer"))
                        .optBoolean("ok"))
                .isTrue();
        var registered = socket.nextEvent();
        assertThat(registered.event()).isEqualTo("registered");
        assertThat(registered.text("userId")).isEqualTo("anna");
        assertThat(registered.text("socketId")).isEqualTo(socket.id());
        var order = fixture.place(ANNA, "acme");
        assertThat(socket.nextEvent("order:status:update").text("status")).isEqualTo("pending");
        fixture.execute(order, new OrderCommand.Accept(), SHOP);
        assertThat(socket.nextEvent("order:status:update").text("status")).isEqualTo("accepted");
        socket.emitWithAck("register", json("userId", "ben", "role", "customer"));
        fixture.execute(order, new OrderCommand.Prepare(), SHOP);
        fixture.awaitRelay();
        assertThat(socket.receivedEventNames()).containsExactly("registered");
    }

    @Test
    void aClientWithATokenMayRegisterTheSameUser() {
        fixture = DialectServerFixture.secured(data);
        var anna = fixture.connect("/", ANNA);
        anna.emit("register", json("userId", "anna", "role", "customer"));
        assertThat(anna.nextEvent("registered").text("role")).isEqualTo("customer");
    }

    @Test
    void aSecuredNamespaceRejectsClientsWithoutAToken() {
        fixture = DialectServerFixture.secured(data);
        for (var namespace : NamespaceSpec.values()) {
            assertThat(fixture.connectError(namespace.namespace, Map.of(), "").toString())
                    .contains("\"code\":\"unauthenticated\"");
        }
    }

    @Test
    void inDevelopmentOnlyTheStorefrontAdmitsAnonymousClients() {
        fixture = DialectServerFixture.inDevelopment(data);
        fixture.connect("/storefront", Map.of(), "");
        for (var namespace : new String[] {"/realtime", "/marketplace", "/customer", "/delivery", "/admin"}) {
            assertThat(fixture.connectError(namespace, Map.of(), "").toString())
                    .contains("\"code\":\"unauthenticated\"");
        }
        assertThat(fixture.connectError("/", Map.of(), "dialect=marketplace").toString())
                .contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void aNamespaceForOneRoleAdmitsNoOther() {
        fixture = DialectServerFixture.secured(data);
        fixture.connect("/customer", ANNA);
        fixture.connect("/delivery", KARI);
        fixture.connect("/admin", ADMIN);
        assertThat(fixture.connectError("/customer", Map.of("token", fixture.token(KARI)), "")
                        .toString())
                .contains("\"code\":\"forbidden\"");
        assertThat(fixture.connectError("/delivery", Map.of("token", fixture.token(ANNA)), "")
                        .toString())
                .contains("\"code\":\"forbidden\"");
        assertThat(fixture.connectError("/admin", Map.of("token", fixture.token(SHOP)), "")
                        .toString())
                .contains("\"code\":\"forbidden\"");
    }

    @Test
    void aPasswordIsRejected() {
        fixture = DialectServerFixture.secured(data);
        assertThat(fixture.connectError("/admin", Map.of("username", "root", "password", "secret"), "")
                        .toString())
                .contains("\"code\":\"unauthenticated\"")
                .contains("auth.token");
    }

    @Test
    void anUnknownDialectIsRejected() {
        fixture = DialectServerFixture.inDevelopment(data);
        assertThat(fixture.connectError("/", Map.of(), "dialect=latin").toString())
                .contains("\"code\":\"invalid\"");
    }

    @Test
    void aDriversPositionGoesToTheCustomerAndToWatchers() {
        fixture = DialectServerFixture.secured(data);
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var anna = fixture.connect("/customer", ANNA);
        var ben = fixture.connect("/customer", BEN);
        var shop = fixture.connect("/storefront", SHOP);
        var kari = fixture.connect("/delivery", KARI);
        assertThat(shop.emitWithAck("join:order", order.id().toString()).optString("status"))
                .isEqualTo("in_transit");
        var position = json("orderId", order.id().toString(), "latitude", 59.92, "longitude", 10.75);
        assertThat(kari.emitWithAck("delivery:location", position).optBoolean("ok"))
                .isTrue();
        for (var viewer : new LiveTestClient[] {anna, shop}) {
            var location =
                    viewer.nextEvent("delivery:location:update").payload().optJSONObject("location");
            assertThat(location.optDouble("lat")).isEqualTo(59.92);
            assertThat(location.optDouble("latitude")).isEqualTo(59.92);
        }
        assertThat(ben.receivedEventNames()).isEmpty();
    }

    @Test
    void connectStorefront() {
        fixture = DialectServerFixture.secured(data);
        assertThat(fixture.connect("/", ANNA).emitWithAck("ping", json()).optBoolean("ok"))
                .isTrue();
    }
}
