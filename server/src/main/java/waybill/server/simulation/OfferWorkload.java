package waybill.server.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import waybill.directory.DriverStatus;
import waybill.order.Order;

/// Drivers that accept and decline the offers of orders, over sockets and over REST, and go on and off duty.
final class OfferWorkload {

    private static final List<DriverStatus> STATUSES =
            List.of(DriverStatus.AVAILABLE, DriverStatus.AVAILABLE, DriverStatus.BUSY, DriverStatus.OFFLINE);

    private final World world;
    private final CommittedLog log;
    private final RestClient rest;
    private final SplittableRandom random;
    private final Supplier<String> newKey;

    OfferWorkload(World world, CommittedLog log, RestClient rest, SplittableRandom random, Supplier<String> newKey) {
        this.world = world;
        this.log = log;
        this.rest = rest;
        this.random = random;
        this.newKey = newKey;
    }

    /// Answers an offer by its ack, by an event of its own, or not at all.
    void answer(SocketClient driver, SocketClient.Received offer, Consumer<String> ack, int roll) {
        switch (roll) {
            case 0 -> ack.accept("{\"accepted\":true}");
            case 1 -> ack.accept("{\"accepted\":false,\"reason\":\"too far\"}");
            case 2 -> {
                ack.accept("{}");
                decline(driver, driver.user().protocol().orderId(offer.data()));
            }
            default -> {} // it is sent again, or lapses
        }
    }

    private void decline(SocketClient driver, String order) {
        driver.emit(new Command("delivery:decline", "{\"order_id\":\"" + order + "\"}", answer -> {
            if (!answer.path("ok").asBoolean()) {
                OrderWorkload.requireExpected(
                        driver.user() + " delivery:decline",
                        answer.path("error").path("code").asText());
            }
        }));
    }

    /// Accepts or declines one of the open offers of a driver.
    void answerByRest(SimulatedUser driver) {
        var offered = log.orders().stream()
                .filter(order -> order.offers().openFor(driver.id()).isPresent())
                .toList();
        if (offered.isEmpty()) {
            return;
        }
        var order = offered.get(random.nextInt(offered.size())).id().toString();
        var isAccepted = random.nextInt(3) > 0;
        rest.send(
                driver,
                isAccepted ? "acceptOffer" : "declineOffer",
                order,
                newKey.get(),
                isAccepted ? "" : "{}",
                (status, answer) -> {
                    if (status >= 300) {
                        if (!answer.path("code").asText().equals("forbidden")) { // it is another driver's
                            OrderWorkload.requireExpected(
                                    driver + " answers an offer",
                                    answer.path("code").asText());
                        }
                    } else if (isAccepted) {
                        world.checks().onOfferAccepted(driver, order);
                    }
                });
    }

    /// A driver of `/marketplace` accepts the order that it may be offered, another one claims it.
    void claim(SocketClient driver, Order order) {
        var user = driver.user();
        var id = order.id().toString();
        if (user.protocol() == Protocol.MARKETPLACE) {
            driver.emit(new Command("delivery:accept", "{\"order_id\":\"" + id + "\"}", answer -> {
                if (answer.path("ok").asBoolean()) {
                    world.checks().onOfferAccepted(user, id);
                } else {
                    OrderWorkload.requireExpected(
                            user + " delivery:accept",
                            answer.path("error").path("code").asText());
                }
            }));
        } else {
            rest.send(
                    user,
                    "changeOrderStatus",
                    id,
                    newKey.get(),
                    "{\"status\":\"assigned_to_driver\"}",
                    (code, answer) -> {
                        if (code < 300) {
                            world.checks().onClaimed(user, id);
                        } else if (!answer.path("code").asText().equals("forbidden")) { // it is another driver's
                            OrderWorkload.requireExpected(
                                    user + " assigned_to_driver",
                                    answer.path("code").asText());
                        }
                    });
        }
    }

    void changeDuty(SimulatedUser driver) {
        changeStatus(driver, STATUSES.get(random.nextInt(STATUSES.size())));
    }

    void goOnDuty(SimulatedUser driver) {
        changeStatus(driver, DriverStatus.AVAILABLE);
    }

    private void changeStatus(SimulatedUser driver, DriverStatus status) {
        rest.send(
                driver,
                "changeDriverStatus",
                "",
                newKey.get(),
                "{\"status\":\"" + status.wireName() + "\"}",
                (code, answer) -> {
                    if (code >= 300) {
                        OrderWorkload.requireExpected(
                                driver + " " + status.wireName(),
                                answer.path("code").asText());
                    }
                });
    }
}
