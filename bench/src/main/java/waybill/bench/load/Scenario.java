package waybill.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import waybill.bench.load.Participant.Reaction;

/// The participants of a load run and their pace.
public record Scenario(String name, List<Participant> participants, EmitPace pace) {

    public static final List<String> NAMES = List.of("tracking", "tracking-paced", "fanout", "idle", "caps");

    /// The size of the scenarios.
    public record Size(int orders, int watchers, int roomMembers, int idle, int stores, int couriers, int perSecond) {

        public static final Size FULL = new Size(500, 3, 1_000, 10_000, 50, 10, 5_000);

        public Size withIdle(int connections) {
            return new Size(orders, watchers, roomMembers, connections, stores, couriers, perSecond);
        }
    }

    private static final int WINDOW = 4;

    /// The text before the stamp of a position: the first decimals of its latitude.
    private static final String LATITUDE = "\"latitude\":6.927";

    private static final String TS = "\"ts\":\"";
    private static final String REALTIME = "/realtime";
    private static final String CAPS = "/caps";

    /// The scenario with that name, of [#NAMES].
    public static Scenario named(String name, Size size, String secret) {
        var tokens = new TokenSigner(secret);
        return switch (name) {
            case "tracking" -> new Scenario(name, tracking(size, tokens), new EmitPace.WindowByAck(WINDOW));
            case "tracking-paced" -> new Scenario(name, tracking(size, tokens), new EmitPace.FixedRate(size.perSecond));
            case "fanout" ->
                new Scenario(name, fanout(size, tokens), new EmitPace.WindowByDelivery(WINDOW, size.roomMembers));
            case "idle" -> new Scenario(name, idle(size, tokens), new EmitPace.NoEmits());
            case "caps" -> new Scenario(name, caps(size, tokens), new EmitPace.WindowByAck(WINDOW));
            default -> throw unknown(name);
        };
    }

    /// How many orders exist before the clients connect: each in transit, with its [ScenarioIds].
    public static int orders(String name, Size size) {
        return switch (name) {
            case "tracking", "tracking-paced" -> size.orders;
            case "fanout" -> 1;
            case "idle", "caps" -> 0;
            default -> throw unknown(name);
        };
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("scenario: " + name + " (expected: one of " + NAMES + ")");
    }

    /// Each order has a driver, which receives acks, and a customer that subscribes from some devices.
    private static List<Participant> tracking(Size size, TokenSigner tokens) {
        var all = new ArrayList<Participant>();
        for (var order = 0; order < size.orders; order++) {
            all.add(driver(order, tokens).ackedBy("driver:location_acknowledged"));
            for (var watcher = 0; watcher < size.watchers; watcher++) {
                all.add(watcher(order, tokens));
            }
        }
        return all;
    }

    /// One order with many viewers.
    private static List<Participant> fanout(Size size, TokenSigner tokens) {
        var all = new ArrayList<Participant>();
        all.add(driver(0, tokens));
        IntStream.range(0, size.roomMembers).forEach(_ -> all.add(watcher(0, tokens)));
        return all;
    }

    private static List<Participant> idle(Size size, TokenSigner tokens) {
        return IntStream.range(0, size.idle)
                .mapToObj(n -> Participant.silent(REALTIME, tokens.auth(ScenarioIds.customer(n), "customer")))
                .toList();
    }

    private static Participant driver(int order, TokenSigner tokens) {
        return Participant.silent(REALTIME, tokens.auth(ScenarioIds.driver(order), "driver"))
                .emits("""
                        ["driver:location",{"orderId":"%s",%s%%TS%%,"longitude":79.%06d,\
                        "heading":%d,"speed":8.5}]""".formatted(ScenarioIds.order(order), LATITUDE, 861_000 + order, order % 360));
    }

    private static Participant watcher(int order, TokenSigner tokens) {
        return Participant.silent(REALTIME, tokens.auth(ScenarioIds.customer(order), "customer"))
                .hello("[\"subscribe:order\",{\"orderId\":\"%s\"}]".formatted(ScenarioIds.order(order)))
                .counts("driver:location_update", LATITUDE);
    }

    /// Stores that place pickups, and couriers that share them. A parcel counts when its store receives the
    /// delivery.
    private static List<Participant> caps(Size size, TokenSigner tokens) {
        var all = new ArrayList<Participant>();
        for (var courier = 0; courier < size.couriers; courier++) {
            var name = "courier-" + courier;
            all.add(Participant.silent(CAPS, tokens.auth(name, "driver"))
                    .reaction(new Reaction(
                            "pickup", courier, size.couriers, List.of(step("in-transit"), step("delivered")))));
        }
        for (var n = 0; n < size.stores; n++) {
            var store = "store-" + n;
            all.add(Participant.silent(CAPS, tokens.auth(store, "vendor"))
                    .hello("[\"join\",{\"clientId\":\"%s\"}]".formatted(store))
                    .emits("""
                            ["pickup",{"event":"pickup","messageId":"m-%%SEQ%%","clientId":"%1$s","order":{"store":"%1$s",\
                            "orderId":"o-%%SEQ%%","customer":"Ada Lovelace","address":"12 St James Square","seq":%%SEQ%%,%2$s%%TS%%"}}]""".formatted(store, TS))
                    .ackedByAndCounts("delivered", TS));
        }
        return all;
    }

    private static String step(String event) {
        return """
                ["%1$s",{"event":"%1$s","messageId":%%messageId%%,"clientId":%%clientId%%,\
                "order":{"orderId":%%orderId%%,"seq":%%seq%%,"ts":%%ts%%}}]""".formatted(event);
    }
}
