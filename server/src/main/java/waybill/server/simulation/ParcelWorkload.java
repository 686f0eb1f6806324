package waybill.server.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import waybill.access.Role;
import waybill.messaging.Topic;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// A store and two drivers on `/caps`: the store announces parcels, both drivers want each of them, and the store
/// confirms what it receives.
final class ParcelWorkload {

    private static final String STORE = "corner";

    private final World world;
    private final CommittedLog log;
    private final SplittableRandom random;
    private final SocketClient vendor;
    private final List<SocketClient> drivers;
    private final Set<String> confirming = new HashSet<>();
    private final Map<String, Integer> removed = new HashMap<>(); // by event and message
    private final Map<SocketClient, Set<String>> replayed = new HashMap<>(); // since the last getAll
    private int announced;
    private boolean isEnding;

    ParcelWorkload(World world, CommittedLog log, SplittableRandom random, Consumer<SocketClient> clients) {
        this.world = world;
        this.log = log;
        this.random = random;
        vendor = new SocketClient(
                world, SimulatedUser.merchant("corner-vendor", STORE, Protocol.CAPS), random.split(), this::onEvent);
        drivers = List.of(driver("kim"), driver("lee"));
        vendor.onJoined(this::joined);
        clients.accept(vendor);
        drivers.forEach(clients);
    }

    private SocketClient driver(String id) {
        return new SocketClient(world, SimulatedUser.of(id, Role.DRIVER, Protocol.CAPS), random.split(), this::onEvent);
    }

    private void joined() {
        vendor.emit(new Command("join", "{\"clientId\":\"" + STORE + "\"}", _ -> {}));
        requestQueues(vendor);
    }

    private void requestQueues(SocketClient client) {
        replayed.put(client, new HashSet<>());
        if (client == vendor) {
            client.emit(new Command("getAll", "{\"clientId\":\"" + STORE + "\",\"event\":\"in-transit\"}", _ -> {}));
            client.emit(new Command("getAll", "{\"clientId\":\"" + STORE + "\",\"event\":\"delivered\"}", _ -> {}));
        } else {
            client.emit(new Command("getAll", "{\"event\":\"pickup\"}", _ -> {}));
        }
    }

    private void onEvent(SocketClient client, SocketClient.Received message) {
        var key = message.event() + " " + message.data().path("messageId").asText();
        replayed.computeIfAbsent(client, _ -> new HashSet<>()).add(key);
        if (client == vendor
                && !isEnding
                && removed.getOrDefault(key, 0) == 0
                && random.nextInt(3) > 0
                && confirming.add(key)) {
            vendor.emit(new Command(
                    "received",
                    "{\"clientId\":\"" + STORE + "\",\"event\":\"" + message.event() + "\",\"messageId\":\""
                            + message.data().path("messageId").asText() + "\"}",
                    answer -> confirmed(key, answer.path("removed").asInt())));
        }
    }

    private void confirmed(String key, int count) {
        if (removed.merge(key, count, Integer::sum) > 1) {
            throw new InvariantViolation("the message " + key + " was removed from its queue twice");
        }
    }

    /// Something that the store or a driver does.
    void act() {
        switch (random.nextInt(4)) {
            case 0 -> announce();
            case 1 ->
                withParcel(
                        order -> order.state() == OrderState.READY_FOR_PICKUP,
                        order -> drivers.forEach(driver -> report(driver, order, "in-transit")));
            case 2 ->
                withParcel(
                        order -> order.state() == OrderState.IN_TRANSIT,
                        order -> drivers.stream()
                                .filter(driver -> order.driver()
                                        .filter(actor ->
                                                actor.id().equals(driver.user().id()))
                                        .isPresent())
                                .forEach(driver -> report(driver, order, "delivered")));
            default -> requestQueues(drivers.get(random.nextInt(drivers.size())));
        }
    }

    private void withParcel(Predicate<Order> matches, Consumer<Order> action) {
        var orders = log.orders().stream()
                .filter(order -> order.store().equals(STORE))
                .filter(matches)
                .toList();
        if (!orders.isEmpty()) {
            action.accept(orders.get(random.nextInt(orders.size())));
        }
    }

    private static String parcel(String event, String message) {
        return "{\"event\":\"" + event + "\",\"messageId\":\"" + message + "\",\"clientId\":\"" + STORE
                + "\",\"order\":{\"orderId\":\"" + message + "\",\"customer\":\"Jane Doe\"}}";
    }

    private void announce() {
        var message = "m" + announced++;
        vendor.emit(new Command("pickup", parcel("pickup", message), answer -> {
            if (!answer.path("ok").asBoolean()) {
                throw new InvariantViolation("pickup " + message + " was answered " + answer);
            }
            var order = log.orders().stream()
                    .filter(one -> one.store().equals(STORE) && one.messageId().equals(message))
                    .findFirst()
                    .orElseThrow(() -> new InvariantViolation(
                            "pickup " + message + " was acknowledged, and is not committed: " + answer));
            world.checks().onPlaced(vendor.user(), message, order.id().toString());
        }));
    }

    private void report(SocketClient driver, Order order, String event) {
        driver.emit(new Command(event, parcel(event, order.messageId()), answer -> {
            if (answer.path("ok").asBoolean()) {
                world.checks().onClaimed(driver.user(), order.id().toString());
                world.checks()
                        .onStatusAcknowledged(
                                driver.user(),
                                order.id().toString(),
                                event.equals("delivered") ? "delivered" : "in_transit");
            } else if (!answer.path("error").path("code").asText().equals("conflict")) {
                throw new InvariantViolation(event + " of " + order.messageId() + " was answered " + answer);
            }
        }));
    }

    /// Asks for what is left in all queues, and confirms nothing more.
    void requestQueues() {
        isEnding = true;
        requestQueues(vendor);
        drivers.forEach(this::requestQueues);
    }

    /// Each parcel was announced once.
    void verifyPlaced() {
        log.requireOrders(
                "the store of parcels", announced, order -> order.store().equals(STORE));
    }

    /// The queues contain what was not confirmed, and nothing that was.
    void verifyQueues() {
        for (var entry : log.entries()) {
            if (entry.event() instanceof OrderEvent event
                    && entry.order().orElseThrow().store().equals(STORE)) {
                Topic.of(event)
                        .filter(topic -> topic != Topic.PICKUP)
                        .ifPresent(topic -> verify((topic == Topic.DELIVERED ? "delivered " : "in-transit ")
                                + entry.order().orElseThrow().messageId()));
            }
        }
        log.orders().stream()
                .filter(order -> order.store().equals(STORE) && order.state() == OrderState.READY_FOR_PICKUP)
                .forEach(order -> drivers.forEach(driver -> verifyOffered(driver, "pickup " + order.messageId())));
    }

    private void verify(String key) {
        var isThere = replayed.getOrDefault(vendor, Set.of()).contains(key);
        if (!isThere && !confirming.contains(key)) {
            throw new InvariantViolation(
                    "the message " + key + " is not in its queue (expected: until it is confirmed)");
        }
        if (isThere && removed.getOrDefault(key, 0) > 0) {
            throw new InvariantViolation("the message " + key + " is in its queue after it was confirmed");
        }
    }

    private void verifyOffered(SocketClient driver, String key) {
        if (!replayed.getOrDefault(driver, Set.of()).contains(key)) {
            throw new InvariantViolation("the parcel of " + key + " is not offered to " + driver.user());
        }
    }
}
