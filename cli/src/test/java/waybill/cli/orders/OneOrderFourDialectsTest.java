package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The promise of the whole: an order is one and the same wherever it was placed. Two worlds, each a customer, a store
/// and a driver in all dialects, live through the same at the same time on one hub. Everybody must hear of their own
/// order in their own words, in order and once, and of the other world's nothing but what all drivers are offered.
///
/// What everybody must hear of each life is written down in the resources of this package, one page for each.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class OneOrderFourDialectsTest {

    private static final World ADA = World.of("ada", "mia", "acme-widgets", "kari");
    private static final World BOB = World.of("bob", "max", "bloom", "noor");
    private static final Party ROOT = Party.admin("root");
    private static final String BY_JAVA = " (Java)";

    private final List<Errand> errands = new ArrayList<>();
    private Stage stage;
    private int lives;

    /// Something that happens to an errand.
    @FunctionalInterface
    private interface Deed {
        void on(Errand errand) throws IOException, InterruptedException;
    }

    @FunctionalInterface
    private interface Birth {
        String of(World world, String name) throws IOException, InterruptedException;
    }

    @BeforeAll
    void seatEverybody(@TempDir Path data) throws IOException, InterruptedException {
        stage = Stage.start(data);
        var tokens = Stream.of(ADA.parties(), BOB.parties(), List.of(ROOT))
                .flatMap(List::stream)
                .collect(Collectors.toMap(Function.identity(), stage::token));
        for (var world : List.of(ADA, BOB)) {
            world.seats(tokens).forEach(seat -> stage.open(seat, stage.javaScript()));
        }
        var token = Objects.requireNonNull(tokens.get(ROOT));
        for (var seat : List.of(
                Seat.realtime(ROOT, token),
                Seat.marketplace(ROOT, token),
                Seat.storefront(ROOT, token),
                Seat.ofRole(ROOT, "/admin", token))) {
            stage.open(seat, stage.javaScript());
            stage.open(seat.called(BY_JAVA), stage.java());
        }
        ADA.seats(tokens).forEach(seat -> stage.open(seat.called(BY_JAVA), stage.java()));
        stage.awaitEverybody();
    }

    @AfterAll
    void clear() {
        stage.close();
    }

    @Test
    void anOrderPlacedOverRestIsEverybodysInTheirOwnWords() throws Exception {
        liveInFull(this::placedOverRest);
    }

    @ParameterizedTest
    @CsvSource({
        "/realtime, storeId, externalId, deliveryAddress",
        "/ (marketplace), store_id, external_id, delivery_address",
        "/ (storefront), storeId, externalId, deliveryAddress"
    })
    void anOrderPlacedOverASocketIsTheSame(String dialect, String storeId, String externalId, String deliveryAddress)
            throws Exception {
        liveInFull((world, name) -> {
            var order = Rest.order(world.store(), name);
            order.put(storeId, order.remove("storeId"));
            order.put(externalId, order.remove("externalId"));
            order.put(deliveryAddress, order.remove("deliveryAddress"));
            var answer = stage.done(stage.seat(world.customer().id() + " on " + dialect), "order:place", order);
            return answer.optString("orderId", answer.optString("order_id"));
        });
    }

    /// From being placed to being delivered, with every status on the way, in all ways to say it.
    private void liveInFull(Birth birth) throws IOException, InterruptedException {
        live(
                "delivered",
                birth,
                paidOverRest(),
                errand -> done(errand.world().merchant(), "marketplace", "merchant:accept", byId(errand)),
                status("preparing", World::merchant),
                status("ready_for_pickup", World::merchant),
                errand -> done(errand.world().driver(), "marketplace", "delivery:accept", byId(errand)),
                status("picked_up", World::driver),
                errand -> done(errand.world().driver(), "phase3", "in-transit", parcel(errand)),
                errand -> done(errand.world().driver(), "phase2", "scan", code(errand)));
    }

    @Test
    void aParcelPlacedOnCapsIsAnOrderEverywhere() throws Exception {
        live(
                "placed-on-caps",
                this::placedOnCaps,
                errand -> done(errand.world().driver(), "phase3", "in-transit", parcel(errand)),
                errand -> done(errand.world().driver(), "phase2", "delivered", parcel(errand)));
    }

    @Test
    void aParcelPlacedOnCapsMayBeCarriedWithTheOtherDialects() throws Exception {
        live(
                "placed-on-caps",
                this::placedOnCaps,
                errand -> done(errand.world().driver(), "marketplace", "delivery:accept", byId(errand)),
                status("picked_up", World::driver),
                status("in_transit", World::driver),
                status("delivered", World::driver));
    }

    @Test
    void aDriverMayBeAssignedBeforeTheOrderIsReady() throws Exception {
        live(
                "assigned-early",
                this::placedOverRest,
                status("accepted", World::merchant),
                errand -> stage.rest()
                        .post(
                                ROOT,
                                path(errand) + "/assign",
                                new JSONObject()
                                        .put("driverId", errand.world().driver().id()))
                        .done(),
                status("ready_for_pickup", World::merchant),
                status("picked_up", World::driver),
                status("in_transit", World::driver),
                status("delivered", World::driver));
    }

    @Test
    void aCancelledOrderIsCalledOffForEverybodyWhoHasToDoWithIt() throws Exception {
        live(
                "cancelled",
                this::placedOverRest,
                status("accepted", World::merchant),
                status("ready_for_pickup", World::merchant),
                status("assigned_to_driver", World::driver),
                errand -> stage.rest()
                        .post(errand.world().customer(), path(errand) + "/cancel", reason("changed my mind"))
                        .done());
    }

    @Test
    void aDeclinedOrderEndsThere() throws Exception {
        live(
                "declined",
                this::placedOverRest,
                errand -> done(
                        errand.world().merchant(),
                        "marketplace",
                        "merchant:decline",
                        byId(errand).put("reason", "sold out")));
    }

    @Test
    void anOrderThatCannotBeDeliveredGoesBack() throws Exception {
        live(
                "returned",
                this::placedOverRest,
                status("accepted", World::merchant),
                status("ready_for_pickup", World::merchant),
                status("assigned_to_driver", World::driver),
                status("picked_up", World::driver),
                errand -> stage.rest()
                        .patch(
                                errand.world().driver(),
                                path(errand) + "/status",
                                reason("nobody at home").put("status", "failed"))
                        .done(),
                status("returned", World::merchant));
    }

    @Test
    void whereTheDriverIsIsSeenByThoseWhoWaitForItAndByNobodyElse() throws Exception {
        var adas = onItsWay(ADA);
        var bobs = onItsWay(BOB);
        var watching = stage.seat("ada on /realtime");
        stage.done(watching, "subscribe:order", new JSONObject().put("orderId", adas.id()));
        for (var stranger : BOB.parties()) {
            var seat = stage.seat(stranger.id() + " on /realtime");
            var refused = stage.say(seat, "subscribe:order", new JSONObject().put("orderId", adas.id()));
            assertThat(refused.optBoolean("ok")).as("%s: %s", stranger, refused).isFalse();
            var joined = stage.say(stage.seat(stranger.id() + " on / (storefront)"), "join:order", adas.id());
            assertThat(joined.optBoolean("ok")).as("%s: %s", stranger, joined).isFalse();
        }
        var place = new JSONObject()
                .put("lat", 59.9139)
                .put("lng", 10.7522)
                .put("heading", 90)
                .put("speed", 4);
        done(ADA.driver(), "marketplace", "driver:location_update", place);
        sees(watching, adas, "driver:location_update", "latitude");
        sees(stage.seat("ada on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(stage.seat("ada on / (storefront)"), adas, "delivery:location:update", "location");
        sees(stage.seat("root on / (marketplace)"), adas, "order:driver_location", "lat");
        sees(stage.seat("root on /admin"), adas, "delivery:location:update", "location");
        status("delivered", World::driver).on(adas);
        status("delivered", World::driver).on(bobs);
        hearThemOut("where");
        for (var stranger : List.of(BOB.customer(), BOB.merchant())) {
            for (var seat : stage.seats()) {
                if (seat.party().equals(stranger)) {
                    assertThat(Story.of(seat, stage.notes().of(seat.name()), adas))
                            .as(seat.name())
                            .isEqualTo("nothing");
                }
            }
        }
        assertThat(stage.notes().of("noor on / (marketplace)"))
                .noneMatch(note -> note.event().equals("order:driver_location") && adas.isNamedIn(note));
    }

    private Errand onItsWay(World world) throws IOException, InterruptedException {
        var errand = born(this::placedOverRest, world, "on-its-way");
        for (var deed : List.of(
                status("accepted", World::merchant),
                status("ready_for_pickup", World::merchant),
                status("assigned_to_driver", World::driver),
                status("picked_up", World::driver),
                status("in_transit", World::driver))) {
            deed.on(errand);
        }
        return errand;
    }

    private void sees(Seat seat, Errand errand, String event, String field) throws InterruptedException {
        var seen =
                stage.notes().await(seat.name(), event, note -> note.event().equals(event) && errand.isNamedIn(note));
        var place = seen.body().get(field);
        assertThat(place instanceof JSONObject location ? location.get("lat") : place)
                .as("%s: %s", seat.name(), seen)
                .isEqualTo(new BigDecimal("59.9139"));
    }

    /// Lets both worlds live through it, each deed of the one followed by the same of the other, and then something
    /// more, so that whatever was to be heard of it has been heard.
    private void live(String page, Birth birth, Deed... deeds) throws IOException, InterruptedException {
        lives++;
        var adas = born(birth, ADA, page);
        var bobs = born(birth, BOB, page);
        for (var deed : deeds) {
            deed.on(adas);
            deed.on(bobs);
        }
        hearThemOut(page);
        var told = stories(adas);
        assertThat(Story.page(told)).isEqualTo(written(page));
        assertThat(Story.page(stories(bobs))).isEqualTo(written(page));
        checkHistory(adas, told);
    }

    private Errand born(Birth birth, World world, String page) throws IOException, InterruptedException {
        var name = page + '-' + lives + "-of-" + world.customer().id();
        return new Errand(world, name, birth.of(world, name));
    }

    /// A short life for each world, and everybody waits for its last word: nobody hears anything out of order.
    private void hearThemOut(String page) throws IOException, InterruptedException {
        for (var world : List.of(ADA, BOB)) {
            var last = born(this::placedOverRest, world, "after-" + page);
            for (var deed : List.of(
                    status("accepted", World::merchant),
                    status("ready_for_pickup", World::merchant),
                    status("assigned_to_driver", World::driver),
                    status("picked_up", World::driver),
                    status("in_transit", World::driver),
                    status("delivered", World::driver))) {
                deed.on(last);
            }
            errands.add(last);
        }
        for (var seat : stage.seats()) {
            var last = errands.get(errands.size() - (BOB.parties().contains(seat.party()) ? 1 : 2));
            stage.notes().await(seat.name(), "the end of " + last, note -> last.isNamedIn(note) && isLast(seat, note));
        }
    }

    private static boolean isLast(Seat seat, Notes.Note note) {
        if (seat.isCaps()) {
            return note.event().equals(seat.party().role().equals("driver") ? "pickup" : "delivered");
        }
        return note.status().equals("delivered");
    }

    /// By who somebody is to the errand and where they listen.
    private SequencedMap<String, String> stories(Errand errand) {
        var stories = new LinkedHashMap<String, String>();
        var byJava = new LinkedHashMap<String, String>();
        for (var seat : inOrder(errand.world())) {
            var story = Story.of(seat, stage.notes().of(seat.name()), errand);
            var relation = errand.world().parties().contains(seat.party())
                            || seat.party().equals(ROOT)
                    ? ""
                    : "another ";
            var name = relation
                    + seat.party().role()
                    + seat.name().substring(seat.party().id().length());
            (name.endsWith(BY_JAVA) ? byJava : stories).put(name.replace(BY_JAVA, ""), story);
        }
        assertThat(stories).containsAllEntriesOf(byJava);
        return stories;
    }

    /// Those who have to do with the errand first.
    private List<Seat> inOrder(World world) {
        var own = new ArrayList<Seat>();
        var others = new ArrayList<Seat>();
        for (var seat : stage.seats()) {
            var isOwn = world.parties().contains(seat.party()) || seat.party().equals(ROOT);
            (isOwn ? own : others).add(seat);
        }
        own.addAll(others);
        return own;
    }

    /// What was heard is what is written in the books, and only who has to do with the errand may read it there.
    private void checkHistory(Errand errand, Map<String, String> told) throws IOException, InterruptedException {
        var moves = stage.rest().events(ROOT, errand.id()).stream()
                .filter(event -> event.has("status")
                        && !event.optString("previousStatus").equals(event.getString("status")))
                .map(event -> event.getString("status"))
                .toList();
        assertThat(Story.statuses(told.getOrDefault("admin on /realtime", ""), "order:status_update"))
                .isEqualTo(moves);
        for (var world : List.of(ADA, BOB)) {
            for (var party : world.parties()) {
                var reply = stage.rest().get(party, path(errand));
                if (world.equals(errand.world()) && isConcerned(party, told)) {
                    assertThat(reply.status()).as("%s: %s", party, reply).isEqualTo(200);
                } else {
                    assertThat(reply.status()).as("%s: %s", party, reply).isIn(403, 404);
                    assertThat(reply.text()).doesNotContain(errand.name());
                }
            }
        }
    }

    private static boolean isConcerned(Party party, Map<String, String> told) {
        return Objects.requireNonNull(told.get(party.role() + " on /realtime"), party.role())
                .contains(":");
    }

    private String placedOverRest(World world, String name) throws IOException, InterruptedException {
        return stage.rest()
                .post(world.customer(), "/api/v1/orders", Rest.order(world.store(), name))
                .done()
                .getString("orderId");
    }

    private String placedOnCaps(World world, String name) throws IOException, InterruptedException {
        var parcel = new JSONObject()
                .put("store", world.store())
                .put("orderId", name)
                .put("customer", "Jamal Braun")
                .put("address", "Parkvägen 9");
        done(world.merchant(), "phase3", "pickup", parcel);
        var orders = stage.rest()
                .get(world.merchant(), "/api/v1/orders?limit=1")
                .done()
                .getJSONArray("orders");
        assertThat(orders.getJSONObject(0).getString("externalId")).isEqualTo(name);
        return orders.getJSONObject(0).getString("orderId");
    }

    private Deed paidOverRest() {
        return errand -> stage.rest()
                .post(
                        ROOT,
                        path(errand) + "/payment",
                        new JSONObject()
                                .put("amount", 2500)
                                .put("currency", "EUR")
                                .put("paymentMethod", "card"))
                .done();
    }

    private Deed status(String status, Function<World, Party> who) {
        return errand -> stage.rest()
                .patch(who.apply(errand.world()), path(errand) + "/status", new JSONObject().put("status", status))
                .done();
    }

    private void done(Party party, String dialect, String event, Object body) throws InterruptedException {
        var place = dialect.startsWith("phase") ? " on /caps (" + dialect + ")" : " on / (" + dialect + ")";
        stage.done(stage.seat(party.id() + place), event, body);
    }

    private static String path(Errand errand) {
        return "/api/v1/orders/" + errand.id();
    }

    private static JSONObject byId(Errand errand) {
        return new JSONObject().put("order_id", errand.id());
    }

    private static JSONObject parcel(Errand errand) {
        return new JSONObject()
                .put("clientId", errand.world().store())
                .put("messageId", errand.name())
                .put("order", new JSONObject().put("orderId", errand.name()).put("list", new JSONArray()));
    }

    private static JSONObject code(Errand errand) {
        return new JSONObject().put("store", errand.world().store()).put("code", errand.name());
    }

    private static JSONObject reason(String text) {
        return new JSONObject().put("reason", text);
    }

    private static String written(String page) {
        try (var text = OneOrderFourDialectsTest.class.getResourceAsStream(page + ".txt")) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
