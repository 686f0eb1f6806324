package waybill.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import waybill.bench.load.Participant.Reaction;

/// Who takes part in a load run, and how fast they go.
public record Scenario(String name, List<Participant> participants, Pace pace) {

    public static final List<String> NAMES = List.of("tracking", "tracking-paced", "fanout", "idle", "caps");

    /// How large the scenarios are.
    public record Size(int orders, int watchers, int audience, int idle, int stores, int couriers, int perSecond) {

        public static final Size FULL = new Size(500, 3, 1_000, 10_000, 50, 10, 5_000);

        public Size withIdle(int connections) {
            return new Size(orders, watchers, audience, connections, stores, couriers, perSecond);
        }
    }

    private static final int WINDOW = 4;
    private static final String REALTIME = "/realtime";
    private static final String CAPS = "/caps";

    /// The scenario of that name, of [#NAMES].
    public static Scenario named(String name, Size size, String secret) {
        var tokens = new Tokens(secret);
        return switch (name) {
            case "tracking" -> new Scenario(name, tracking(size, tokens), new Pace.Answered(WINDOW));
            case "tracking-paced" -> new Scenario(name, tracking(size, tokens), new Pace.Steady(size.perSecond));
            case "fanout" -> new Scenario(name, fanout(size, tokens), new Pace.Heard(WINDOW, size.audience));
            case "idle" -> new Scenario(name, idle(size, tokens), new Pace.Silent());
            case "caps" -> new Scenario(name, caps(size, tokens), new Pace.Answered(WINDOW));
            default -> throw new IllegalArgumentException("scenario: " + name + " (expected: one of " + NAMES + ")");
        };
    }

    /// Each order has a driver, who is answered, and some customers who watch.
    private static List<Participant> tracking(Size size, Tokens tokens) {
        var all = new ArrayList<Participant>();
        for (var order = 0; order < size.orders; order++) {
            all.add(driver(order, tokens).expects("driver:location_acknowledged", true, false));
            for (var watcher = 0; watcher < size.watchers; watcher++) {
                all.add(watcher(order * size.watchers + watcher, order, tokens));
            }
        }
        return all;
    }

    /// One order that everybody watches.
    private static List<Participant> fanout(Size size, Tokens tokens) {
        var all = new ArrayList<Participant>();
        all.add(driver(0, tokens));
        IntStream.range(0, size.audience).forEach(n -> all.add(watcher(n, 0, tokens)));
        return all;
    }

    private static List<Participant> idle(Size size, Tokens tokens) {
        return IntStream.range(0, size.idle)
                .mapToObj(n -> Participant.silent(REALTIME, tokens.auth("customer-" + n, "customer")))
                .toList();
    }

    private static Participant driver(int order, Tokens tokens) {
        return Participant.silent(REALTIME, tokens.auth("driver-" + order, "driver"))
                .says("""
                        ["driver:location",{"orderId":"order-%d","latitude":6.%06d,"longitude":79.%06d,\
                        "heading":%d,"speed":42.5,"ts":%%TS%%}]""".formatted(order, 927_000 + order, 861_000 + order, order % 360));
    }

    private static Participant watcher(int n, int order, Tokens tokens) {
        return Participant.silent(REALTIME, tokens.auth("customer-" + n, "customer"))
                .hello("[\"subscribe:order\",{\"orderId\":\"order-%d\"}]".formatted(order))
                .expects("driver:location_update", false, true);
    }

    /// Stores that ask for a pickup, and couriers who share the work. A parcel counts when its store hears that it is
    /// delivered.
    private static List<Participant> caps(Size size, Tokens tokens) {
        var all = new ArrayList<Participant>();
        for (var courier = 0; courier < size.couriers; courier++) {
            var name = "courier-" + courier;
            all.add(Participant.silent(CAPS, tokens.auth(name, "driver"))
                    .hello("[\"join\",{\"clientId\":\"%s\"}]".formatted(name))
                    .reacts(new Reaction(
                            "pickup", courier, size.couriers, List.of(step("in-transit"), step("delivered")))));
        }
        for (var n = 0; n < size.stores; n++) {
            var store = "store-" + n;
            all.add(Participant.silent(CAPS, tokens.auth(store, "vendor"))
                    .hello("[\"join\",{\"clientId\":\"%s\"}]".formatted(store))
                    .says("""
                            ["pickup",{"event":"pickup","messageId":"m-%%SEQ%%","clientId":"%1$s","order":{"store":"%1$s",\
                            "orderId":"o-%%SEQ%%","customer":"Ada Lovelace","address":"12 St James Square","seq":%%SEQ%%,"ts":%%TS%%}}]""".formatted(store))
                    .expects("delivered", true, true));
        }
        return all;
    }

    private static String step(String event) {
        return """
                ["%1$s",{"event":"%1$s","messageId":%%messageId%%,"clientId":%%clientId%%,\
                "order":{"orderId":%%orderId%%,"seq":%%seq%%,"ts":%%ts%%}}]""".formatted(event);
    }
}
