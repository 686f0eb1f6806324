package waybill.server.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import waybill.access.Role;
import waybill.order.Order;
import waybill.order.OrderState;

/// Customers, stores and drivers of the three dialects, which place orders and take them to their ends, over sockets
/// and over REST.
final class OrderWorkload {

    private static final List<String> STORES = List.of("acme", "bella");

    private final World world;
    private final CommittedLog log;
    private final RestClient rest;
    private final SplittableRandom random;
    private final List<SocketClient> customers;
    private final List<SocketClient> merchants;
    private final List<SocketClient> drivers;
    private final DriverMovement movement;
    private final OfferWorkload offers;
    private int placed;
    private int requests;

    OrderWorkload(
            World world, CommittedLog log, RestClient rest, SplittableRandom random, Consumer<SocketClient> clients) {
        this.world = world;
        this.log = log;
        this.rest = rest;
        this.random = random;
        customers = List.of(
                client(SimulatedUser.of("jane", Role.CUSTOMER, Protocol.REALTIME)),
                client(SimulatedUser.of("joe", Role.CUSTOMER, Protocol.STOREFRONT)),
                client(SimulatedUser.of("jim", Role.CUSTOMER, Protocol.MARKETPLACE)));
        merchants = List.of(
                client(SimulatedUser.merchant("mo", "acme", Protocol.MARKETPLACE)),
                client(SimulatedUser.merchant("mia", "bella", Protocol.REALTIME)));
        drivers = List.of(
                client(SimulatedUser.of("kari", Role.DRIVER, Protocol.MARKETPLACE)),
                client(SimulatedUser.of("ola", Role.DRIVER, Protocol.REALTIME)),
                client(SimulatedUser.of("per", Role.DRIVER, Protocol.STOREFRONT)));
        movement = new DriverMovement(world, log, random.split(), drivers);
        offers = new OfferWorkload(world, log, rest, random.split(), this::newKey);
        customers.forEach(clients);
        merchants.forEach(clients);
        drivers.forEach(clients);
        clients.accept(client(SimulatedUser.of("ada", Role.ADMIN, Protocol.STOREFRONT)));
    }

    private SocketClient client(SimulatedUser user) {
        return new SocketClient(world, user, random.split(), this::onEvent);
    }

    /// An event that requests an ack: a new order, or a delivery.
    private void onEvent(SocketClient client, SocketClient.Received message) {
        if (message.event().equals("error")) {
            requireExpected(
                    client.user() + " " + message.data().path("event"),
                    message.data().path("code").asText());
        }
        message.ack().ifPresent(ack -> {
            var roll = random.nextInt(4);
            if (message.event().equals("delivery:new_request")) {
                offers.answer(client, message, ack, roll);
            } else if (roll == 0) {
                ack.accept("{\"accepted\":true}");
            } else if (roll < 3) {
                ack.accept("{}");
            }
        });
    }

    /// Each placement has had its effect, once.
    void verifyPlaced() {
        log.requireOrders("the customers", placed, order -> STORES.contains(order.store()));
    }

    /// From when on the drivers drive, and until when.
    DriverMovement movement() {
        return movement;
    }

    /// Something that one of the users does.
    void act() {
        if (requests == 0) {
            drivers.forEach(driver -> offers.goOnDuty(driver.user()));
            drivers.forEach(this::waitAtStore);
        }
        switch (random.nextInt(18)) {
            case 0 -> place(any(customers));
            case 1 -> placeByRest(any(customers).user());
            case 2 -> placeByRest(NoticeChecks.OFFLINE);
            case 3, 4, 5 -> accept(any(merchants));
            case 6, 7 -> markReady(any(merchants));
            case 8, 9 -> claim();
            case 10, 11, 12, 13 -> progress(any(drivers));
            case 14 -> subscribe(any(customers));
            case 15 -> offers.answerByRest(any(drivers).user());
            case 16 -> waitAtStore(any(drivers));
            default -> {
                if (random.nextBoolean()) {
                    offers.changeDuty(any(drivers).user());
                } else {
                    cancelSometimes(any(customers));
                }
            }
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void withOrder(Predicate<Order> matches, Consumer<Order> action) {
        var orders = log.orders().stream()
                .filter(order -> STORES.contains(order.store()))
                .filter(matches)
                .toList();
        if (!orders.isEmpty()) {
            action.accept(any(orders));
        }
    }

    private String newKey() {
        return "request-" + requests++;
    }

    private void place(SocketClient customer) {
        var user = customer.user();
        var store = any(STORES);
        var key = store + "-" + placed++;
        customer.emit(new Command("order:place", user.protocol().payload(payload(user, store, key)), answer -> {
            requireOk(user + " order:place", answer.path("ok").asBoolean(), answer.toString());
            world.checks().onPlaced(user, key, user.protocol().orderId(answer));
        }));
    }

    private void placeByRest(SimulatedUser user) {
        var store = any(STORES);
        var key = store + "-" + placed++;
        rest.send(user, "placeOrder", "", newKey(), payload(user, store, key), (status, answer) -> {
            requireOk(user + " placeOrder", status < 300, answer.toString());
            world.checks().onPlaced(user, key, answer.path("orderId").asText());
        });
    }

    private String payload(SimulatedUser user, String store, String key) {
        return "{\"storeId\":\"" + store + "\",\"externalId\":\"" + key
                + "\",\"items\":[{\"product\":\"sushi\",\"quantity\":1,\"price\":650}],\"currency\":\"EUR\","
                + "\"customerName\":\"" + user.id() + "\",\"deliveryAddress\":" + movement.deliveryAddress()
                + ",\"pickupAddress\":" + DriverMovement.STORE_ADDRESS + "}";
    }

    private static void requireOk(String what, boolean isOk, String answer) {
        if (!isOk) {
            throw new InvariantViolation(what + " was answered " + answer + " (expected: success)");
        }
    }

    static void requireExpected(String what, String code) {
        if (!code.equals("conflict") && !code.equals("unavailable") && !code.equals("rate_limited")) {
            throw new InvariantViolation(what + " was answered " + code + " (expected: success, or a conflict)");
        }
    }

    private void accept(SocketClient merchant) {
        withOrder(order -> order.state() == OrderState.PENDING && isOf(merchant, order), order -> {
            if (merchant.user().protocol() == Protocol.MARKETPLACE && random.nextBoolean()) {
                merchant.emit(new Command("merchant:accept", "{\"order_id\":\"" + order.id() + "\"}", answer -> {
                    if (answer.path("ok").asBoolean()) {
                        world.checks()
                                .onStatusAcknowledged(
                                        merchant.user(), order.id().toString(), "accepted");
                    } else {
                        requireExpected(
                                "merchant:accept",
                                answer.path("error").path("code").asText());
                    }
                }));
            } else {
                changeStatus(merchant.user(), order, "accepted");
            }
        });
    }

    private static boolean isOf(SocketClient merchant, Order order) {
        return merchant.user().store().filter(order.store()::equals).isPresent();
    }

    private void markReady(SocketClient merchant) {
        withOrder(
                order -> order.state() == OrderState.ACCEPTED && isOf(merchant, order),
                order -> changeStatus(merchant.user(), order, "ready_for_pickup"));
    }

    private void changeStatus(SimulatedUser user, Order order, String status) {
        rest.send(
                user,
                "changeOrderStatus",
                order.id().toString(),
                newKey(),
                "{\"status\":\"" + status + "\"}",
                (code, answer) -> {
                    if (code < 300) {
                        world.checks().onStatusAcknowledged(user, order.id().toString(), status);
                    } else {
                        requireExpected(user + " " + status, answer.path("code").asText());
                    }
                });
    }

    /// All drivers claim one order, so that at most one can win it.
    private void claim() {
        withOrder(
                order -> order.driver().isEmpty()
                        && (order.state() == OrderState.ACCEPTED || order.state() == OrderState.READY_FOR_PICKUP),
                order -> drivers.forEach(driver -> offers.claim(driver, order)));
    }

    private void progress(SocketClient driver) {
        withOrder(order -> isHeldBy(driver, order), order -> {
            var next = switch (order.state()) {
                case ASSIGNED_TO_DRIVER -> "picked_up";
                case PICKED_UP -> "in_transit";
                case IN_TRANSIT -> "delivered";
                default -> "";
            };
            if (!next.isEmpty()) {
                changeStatus(driver.user(), order, next);
            }
        });
    }

    static boolean isHeldBy(SocketClient driver, Order order) {
        return order.state().isActive()
                && order.driver()
                        .filter(actor -> actor.id().equals(driver.user().id()))
                        .isPresent();
    }

    static void requirePositionTaken(SimulatedUser user, JsonNode answer) {
        if (!answer.path("ok").asBoolean()) {
            requireExpected(
                    user + " position", answer.path("error").path("code").asText());
        }
    }

    /// A driver without an order reports that it is at the stores. On `/storefront` a position is one of an order.
    private void waitAtStore(SocketClient driver) {
        var user = driver.user();
        if (user.protocol() != Protocol.STOREFRONT
                && log.orders().stream().noneMatch(order -> isHeldBy(driver, order))) {
            driver.emit(new Command(
                    user.protocol().position,
                    user.protocol().positionPayload(59.9, 10.7, ""),
                    answer -> requirePositionTaken(user, answer)));
        }
    }

    private void subscribe(SocketClient customer) {
        var user = customer.user();
        withOrder(
                order -> order.details().customer().filter(user.id()::equals).isPresent(),
                order -> customer.emit(new Command(
                        user.protocol().subscribe,
                        user.protocol().payload("{\"orderId\":\"" + order.id() + "\"}"),
                        answer -> requireOk(
                                user + " subscribes", answer.path("ok").asBoolean(), answer.toString()))));
    }

    private void cancelSometimes(SocketClient customer) {
        var user = customer.user();
        withOrder(
                order -> order.state().isActive()
                        && random.nextInt(4) == 0
                        && order.details().customer().filter(user.id()::equals).isPresent(),
                order -> rest.send(
                        user,
                        "cancelOrder",
                        order.id().toString(),
                        newKey(),
                        "{\"reason\":\"changed my mind\"}",
                        (code, answer) -> {
                            if (code < 300) {
                                world.checks()
                                        .onStatusAcknowledged(user, order.id().toString(), "cancelled");
                            } else {
                                requireExpected(
                                        user + " cancels", answer.path("code").asText());
                            }
                        }));
    }
}
