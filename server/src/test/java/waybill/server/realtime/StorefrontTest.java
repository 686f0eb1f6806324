package waybill.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.realtime.House.ADMIN;
import static waybill.server.realtime.House.ANNA;
import static waybill.server.realtime.House.BEN;
import static waybill.server.realtime.House.KARI;
import static waybill.server.realtime.House.SHOP;
import static waybill.server.realtime.LiveSocket.json;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.directory.Business;
import waybill.geo.Address;
import waybill.order.Actor;
import waybill.order.Announcements;
import waybill.order.OrderCommand;

/// `/storefront`, `/` and the namespaces for one role each, as the official Java client meets them.
class StorefrontTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whoHasNotSaidWhoTheyAreHearsOnlyWhetherTheStoreIsOpen() {
        house = House.inDevelopment(data);
        var stranger = house.connect("/", Map.of(), "");
        assertThat(stranger.error("join:order", house.place(ANNA, "acme").id().toString())
                        .optString("code"))
                .isEqualTo("unauthenticated");
        house.store()
                .journal()
                .submit(ledger -> Announcements.describe(
                        ledger,
                        new Business("acme", "Acme", null, Address.UNKNOWN, false),
                        Actor.of(SHOP),
                        house.clock.instant()))
                .join();
        house.settle();
        var heard = stranger.heardSoFar();
        assertThat(heard).extracting(LiveSocket.Heard::event).containsExactly("business:status:update");
        assertThat(heard.getFirst().payload().optBoolean("isOpen", true)).isFalse();
        assertThat(heard.getFirst().text("businessName")).isEqualTo("Acme");
    }

    @Test
    void whereEverybodyIsBelievedOneMaySayWhoOneIsAndThenBeSomebodyElse() {
        house = House.inDevelopment(data);
        var socket = house.connect("/", Map.of(), "");
        assertThat(socket.ask("register", json("userId", "anna", "role", "customer"))
                        .optBoolean("ok"))
                .isTrue();
        var registered = socket.next();
        assertThat(registered.event()).isEqualTo("registered");
        assertThat(registered.text("userId")).isEqualTo("anna");
        assertThat(registered.text("socketId")).isEqualTo(socket.id());
        var order = house.place(ANNA, "acme");
        assertThat(socket.next("order:status:update").text("status")).isEqualTo("pending");
        house.does(order, new OrderCommand.Accept(), SHOP);
        assertThat(socket.next("order:status:update").text("status")).isEqualTo("accepted");
        socket.ask("register", json("userId", "ben", "role", "customer"));
        house.does(order, new OrderCommand.Prepare(), SHOP);
        house.settle();
        assertThat(socket.eventsSoFar()).containsExactly("registered");
    }

    @Test
    void whoHasATokenMayRepeatWhatItSays() {
        house = House.secured(data);
        var anna = house.connect("/", ANNA);
        anna.say("register", json("userId", "anna", "role", "customer"));
        assertThat(anna.next("registered").text("role")).isEqualTo("customer");
    }

    @Test
    void withoutATokenNobodyIsLetInWhereTokensAreAskedFor() {
        house = House.secured(data);
        for (var namespace : Hall.values()) {
            assertThat(house.refused(namespace.namespace, Map.of(), "").toString())
                    .contains("\"code\":\"unauthenticated\"");
        }
    }

    @Test
    void inDevelopmentOnlyTheStorefrontTakesStrangers() {
        house = House.inDevelopment(data);
        house.connect("/storefront", Map.of(), "");
        for (var namespace : new String[] {"/realtime", "/marketplace", "/customer", "/delivery", "/admin"}) {
            assertThat(house.refused(namespace, Map.of(), "").toString()).contains("\"code\":\"unauthenticated\"");
        }
        assertThat(house.refused("/", Map.of(), "dialect=marketplace").toString())
                .contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void aNamespaceForOneRoleAdmitsNoOther() {
        house = House.secured(data);
        house.connect("/customer", ANNA);
        house.connect("/delivery", KARI);
        house.connect("/admin", ADMIN);
        assertThat(house.refused("/customer", Map.of("token", house.token(KARI)), "")
                        .toString())
                .contains("\"code\":\"forbidden\"");
        assertThat(house.refused("/delivery", Map.of("token", house.token(ANNA)), "")
                        .toString())
                .contains("\"code\":\"forbidden\"");
        assertThat(house.refused("/admin", Map.of("token", house.token(SHOP)), "")
                        .toString())
                .contains("\"code\":\"forbidden\"");
    }

    @Test
    void nobodySignsInWithAPassword() {
        house = House.secured(data);
        assertThat(house.refused("/admin", Map.of("username", "root", "password", "secret"), "")
                        .toString())
                .contains("\"code\":\"unauthenticated\"")
                .contains("auth.token");
    }

    @Test
    void anUnknownDialectIsRefused() {
        house = House.inDevelopment(data);
        assertThat(house.refused("/", Map.of(), "dialect=latin").toString()).contains("\"code\":\"invalid\"");
    }

    @Test
    void aDriversPositionGoesToTheCustomerAndToWhoWatchesTheOrder() {
        house = House.secured(data);
        var order = house.drivenBy(KARI);
        house.settle();
        var anna = house.connect("/customer", ANNA);
        var ben = house.connect("/customer", BEN);
        var shop = house.connect("/storefront", SHOP);
        var kari = house.connect("/delivery", KARI);
        assertThat(shop.ask("join:order", order.id().toString()).optString("status"))
                .isEqualTo("in_transit");
        var position = json("orderId", order.id().toString(), "latitude", 59.92, "longitude", 10.75);
        assertThat(kari.ask("delivery:location", position).optBoolean("ok")).isTrue();
        for (var viewer : new LiveSocket[] {anna, shop}) {
            var location = viewer.next("delivery:location:update").payload().optJSONObject("location");
            assertThat(location.optDouble("lat")).isEqualTo(59.92);
            assertThat(location.optDouble("latitude")).isEqualTo(59.92);
        }
        assertThat(ben.eventsSoFar()).isEmpty();
    }

    @Test
    void somebodyIsThere() {
        house = House.secured(data);
        assertThat(house.connect("/", ANNA).ask("ping", json()).optBoolean("ok"))
                .isTrue();
    }
}
