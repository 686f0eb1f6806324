package waybill.cli.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Two worlds, each a customer, a store and a driver in all dialects, and somebody who runs the hub that they share.
/// What happens in the one is none of the other's business.
final class TwoUserGroups implements AutoCloseable {

    static final UserGroup ADA = UserGroup.of("ada", "mia", "acme-widgets", "kari");
    static final UserGroup BOB = UserGroup.of("bob", "max", "bloom", "noor");
    static final TestUser ROOT = TestUser.admin("root");

    /// Ends the names of the seats where the Java client listens.
    static final String BY_JAVA = " (Java)";

    private final TestHub stage;
    private final OrderSteps deeds;
    private int errands;

    private TwoUserGroups(TestHub stage) {
        this.stage = stage;
        deeds = new OrderSteps(stage, ROOT);
    }

    /// Starts a hub that keeps what it has in `data`, and seats everybody.
    static TwoUserGroups start(Path data) throws IOException, InterruptedException {
        var worlds = new TwoUserGroups(TestHub.start(data));
        worlds.connectAll();
        return worlds;
    }

    private void connectAll() throws InterruptedException {
        var tokens = Stream.of(ADA.users(), BOB.users(), List.of(ROOT))
                .flatMap(List::stream)
                .collect(Collectors.toMap(Function.identity(), stage::token));
        for (var group : groups()) {
            group.sockets(tokens).forEach(spec -> stage.open(spec, stage.javaScript()));
        }
        var token = Objects.requireNonNull(tokens.get(ROOT));
        for (var spec : List.of(
                TestSocket.realtime(ROOT, token),
                TestSocket.marketplace(ROOT, token),
                TestSocket.storefront(ROOT, token),
                TestSocket.ofRole(ROOT, "/admin", token))) {
            stage.open(spec, stage.javaScript());
            stage.open(spec.withSuffix(BY_JAVA), stage.java());
        }
        ADA.sockets(tokens).forEach(spec -> stage.open(spec.withSuffix(BY_JAVA), stage.java()));
        stage.awaitConnected();
    }

    static List<UserGroup> groups() {
        return List.of(ADA, BOB);
    }

    TestHub hub() {
        return stage;
    }

    OrderSteps steps() {
        return deeds;
    }

    /// A new errand of that world. Its name begins with `what` and is nobody else's.
    TestOrder place(OrderSteps.Placement birth, UserGroup group, String what) throws IOException, InterruptedException {
        errands++;
        var name = what + '-' + errands + "-of-" + group.customer().id();
        return new TestOrder(group, name, birth.of(group, name));
    }

    /// A new errand that its driver has set out with.
    TestOrder placeInTransit(UserGroup group, String what) throws IOException, InterruptedException {
        var errand = place(deeds::placedOverRest, group, what);
        for (var deed : List.of(
                deeds.status("accepted", UserGroup::merchant),
                deeds.status("ready_for_pickup", UserGroup::merchant),
                deeds.status("assigned_to_driver", UserGroup::driver),
                deeds.status("picked_up", UserGroup::driver),
                deeds.status("in_transit", UserGroup::driver))) {
            deed.on(errand);
        }
        return errand;
    }

    /// A short life for each world, and everybody waits for its last word: nobody hears anything out of order, so
    /// whatever was to be heard before has been heard.
    void awaitAllEvents(String what) throws IOException, InterruptedException {
        var adas = placeInTransit(ADA, "after-" + what);
        deeds.status("delivered", UserGroup::driver).on(adas);
        var bobs = placeInTransit(BOB, "after-" + what);
        deeds.status("delivered", UserGroup::driver).on(bobs);
        for (var spec : stage.sockets()) {
            var last = BOB.users().contains(spec.user()) ? bobs : adas;
            stage.received()
                    .await(spec.name(), "the end of " + last, note -> last.isNamedIn(note) && isLast(spec, note));
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
        stage.close();
    }
}
