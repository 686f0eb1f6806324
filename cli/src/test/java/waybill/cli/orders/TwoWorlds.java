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
final class TwoWorlds implements AutoCloseable {

    static final World ADA = World.of("ada", "mia", "acme-widgets", "kari");
    static final World BOB = World.of("bob", "max", "bloom", "noor");
    static final Party ROOT = Party.admin("root");

    /// Ends the names of the seats where the Java client listens.
    static final String BY_JAVA = " (Java)";

    private final Stage stage;
    private final Deeds deeds;
    private int errands;

    private TwoWorlds(Stage stage) {
        this.stage = stage;
        deeds = new Deeds(stage, ROOT);
    }

    /// Starts a hub that keeps what it has in `data`, and seats everybody.
    static TwoWorlds start(Path data) throws IOException, InterruptedException {
        var worlds = new TwoWorlds(Stage.start(data));
        worlds.seatEverybody();
        return worlds;
    }

    private void seatEverybody() throws InterruptedException {
        var tokens = Stream.of(ADA.parties(), BOB.parties(), List.of(ROOT))
                .flatMap(List::stream)
                .collect(Collectors.toMap(Function.identity(), stage::token));
        for (var world : both()) {
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

    static List<World> both() {
        return List.of(ADA, BOB);
    }

    Stage stage() {
        return stage;
    }

    Deeds deeds() {
        return deeds;
    }

    /// A new errand of that world. Its name begins with `what` and is nobody else's.
    Errand born(Deeds.Birth birth, World world, String what) throws IOException, InterruptedException {
        errands++;
        var name = what + '-' + errands + "-of-" + world.customer().id();
        return new Errand(world, name, birth.of(world, name));
    }

    /// A new errand that its driver has set out with.
    Errand onItsWay(World world, String what) throws IOException, InterruptedException {
        var errand = born(deeds::placedOverRest, world, what);
        for (var deed : List.of(
                deeds.status("accepted", World::merchant),
                deeds.status("ready_for_pickup", World::merchant),
                deeds.status("assigned_to_driver", World::driver),
                deeds.status("picked_up", World::driver),
                deeds.status("in_transit", World::driver))) {
            deed.on(errand);
        }
        return errand;
    }

    /// A short life for each world, and everybody waits for its last word: nobody hears anything out of order, so
    /// whatever was to be heard before has been heard.
    void hearThemOut(String what) throws IOException, InterruptedException {
        var adas = onItsWay(ADA, "after-" + what);
        deeds.status("delivered", World::driver).on(adas);
        var bobs = onItsWay(BOB, "after-" + what);
        deeds.status("delivered", World::driver).on(bobs);
        for (var seat : stage.seats()) {
            var last = BOB.parties().contains(seat.party()) ? bobs : adas;
            stage.notes().await(seat.name(), "the end of " + last, note -> last.isNamedIn(note) && isLast(seat, note));
        }
    }

    private static boolean isLast(Seat seat, Notes.Note note) {
        if (seat.isCaps()) {
            return note.event().equals(seat.party().role().equals("driver") ? "pickup" : "delivered");
        }
        return note.status().equals("delivered");
    }

    @Override
    public void close() {
        stage.close();
    }
}
