package waybill.cli.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Two user groups, each a customer, a store and a driver in all dialects, and an admin of their common hub. Events of
/// one group are hidden from the other.
final class TwoUserGroups implements AutoCloseable {

    static final UserGroup ADA = UserGroup.of("ada", "mia", "acme-widgets", "kari");
    static final UserGroup BOB = UserGroup.of("bob", "max", "bloom", "noor");
    static final TestUser ROOT = TestUser.admin("root");

    /// The suffix of sockets with the Java client.
    static final String BY_JAVA = " (Java)";

    private final TestHub hub;
    private final OrderSteps steps;
    private int errands;

    private TwoUserGroups(TestHub hub) {
        this.hub = hub;
        steps = new OrderSteps(hub, ROOT);
    }

    /// Starts a hub with `data` as its data directory, and connects all sockets.
    static TwoUserGroups start(Path data) throws IOException, InterruptedException {
        var groups = new TwoUserGroups(TestHub.start(data));
        groups.connectAll();
        return groups;
    }

    private void connectAll() throws InterruptedException {
        var tokens = Stream.of(ADA.users(), BOB.users(), List.of(ROOT))
                .flatMap(List::stream)
                .collect(Collectors.toMap(Function.identity(), hub::token));
        for (var group : groups()) {
            group.sockets(tokens).forEach(spec -> hub.open(spec, hub.javaScript()));
        }
        var token = Objects.requireNonNull(tokens.get(ROOT));
        for (var spec : List.of(
                TestSocket.realtime(ROOT, token),
                TestSocket.marketplace(ROOT, token),
                TestSocket.storefront(ROOT, token),
                TestSocket.ofRole(ROOT, "/admin", token))) {
            hub.open(spec, hub.javaScript());
            hub.open(spec.withSuffix(BY_JAVA), hub.java());
        }
        ADA.sockets(tokens).forEach(spec -> hub.open(spec.withSuffix(BY_JAVA), hub.java()));
        hub.awaitConnected();
    }

    static List<UserGroup> groups() {
        return List.of(ADA, BOB);
    }

    TestHub hub() {
        return hub;
    }

    OrderSteps steps() {
        return steps;
    }

    /// A new order of that group. Its external id begins with `what` and is unique.
    TestOrder place(OrderSteps.Placement birth, UserGroup group, String what) throws IOException, InterruptedException {
        errands++;
        var name = what + '-' + errands + "-of-" + group.customer().id();
        return new TestOrder(group, name, birth.of(group, name));
    }

    /// A new order that is in transit.
    TestOrder placeInTransit(UserGroup group, String what) throws IOException, InterruptedException {
        var order = place(steps::placedOverRest, group, what);
        for (var step : List.of(
                steps.status("accepted", UserGroup::merchant),
                steps.status("ready_for_pickup", UserGroup::merchant),
                steps.status("assigned_to_driver", UserGroup::driver),
                steps.status("picked_up", UserGroup::driver),
                steps.status("in_transit", UserGroup::driver))) {
            step.on(order);
        }
        return order;
    }

    /// Runs a short order for each group and waits for its last event on every socket: events arrive in order, so
    /// all earlier ones have arrived.
    void awaitAllEvents(String what) throws IOException, InterruptedException {
        var adas = placeInTransit(ADA, "after-" + what);
        steps.status("delivered", UserGroup::driver).on(adas);
        var bobs = placeInTransit(BOB, "after-" + what);
        steps.status("delivered", UserGroup::driver).on(bobs);
        for (var spec : hub.sockets()) {
            var last = BOB.users().contains(spec.user()) ? bobs : adas;
            hub.received().await(spec.name(), "the end of " + last, note -> last.isNamedIn(note) && isLast(spec, note));
        }
    }

    private static boolean isLast(TestSocket spec, ReceivedEvents.ReceivedEvent note) {
        if (spec.isCaps()) {
            return note.event().equals(spec.user().role().equals("driver") ? "pickup" : "delivered");
        }
        return note.status().equals("delivered");
    }

    @Override
    public void close() {
        hub.close();
    }
}
