package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lets both worlds live through the same at the same time, and checks what each hears of it. What everybody must hear
/// of each life is written down in the resources of this package, one page for each.
final class Lives {

    private final TwoWorlds worlds;

    Lives(TwoWorlds worlds) {
        this.worlds = worlds;
    }

    /// Each deed of the one is followed by the same of the other, and then by something more, so that whatever was to
    /// be heard of it has been heard.
    void live(String page, Deeds.Birth birth, Deeds.Deed... deeds) throws IOException, InterruptedException {
        var adas = worlds.born(birth, TwoWorlds.ADA, page);
        var bobs = worlds.born(birth, TwoWorlds.BOB, page);
        for (var deed : deeds) {
            deed.on(adas);
            deed.on(bobs);
        }
        worlds.hearThemOut(page);
        var told = stories(adas);
        assertThat(Story.page(told)).isEqualTo(written(page));
        assertThat(Story.page(stories(bobs))).isEqualTo(written(page));
        checkHistory(adas, told);
    }

    /// By who somebody is to the errand and where they listen.
    private SequencedMap<String, String> stories(Errand errand) {
        var stories = new LinkedHashMap<String, String>();
        var byJava = new LinkedHashMap<String, String>();
        for (var seat : seatsAround(errand.world()).toList()) {
            var story = Story.of(seat, worlds.stage().notes().of(seat.name()), errand);
            var relation = isAround(errand.world(), seat) ? "" : "another ";
            var name = relation
                    + seat.party().role()
                    + seat.name().substring(seat.party().id().length());
            (name.endsWith(TwoWorlds.BY_JAVA) ? byJava : stories).put(name.replace(TwoWorlds.BY_JAVA, ""), story);
        }
        assertThat(stories).containsAllEntriesOf(byJava);
        return stories;
    }

    /// Those who have to do with the world first.
    private Stream<Seat> seatsAround(World world) {
        var own = new ArrayList<Seat>();
        var others = new ArrayList<Seat>();
        for (var seat : worlds.stage().seats()) {
            (isAround(world, seat) ? own : others).add(seat);
        }
        return Stream.of(own, others).flatMap(List::stream);
    }

    private static boolean isAround(World world, Seat seat) {
        return world.parties().contains(seat.party()) || seat.party().equals(TwoWorlds.ROOT);
    }

    /// What was heard is what is written in the books, and only who has to do with the errand may read it there.
    private void checkHistory(Errand errand, Map<String, String> told) throws IOException, InterruptedException {
        var rest = worlds.stage().rest();
        var moves = rest.events(TwoWorlds.ROOT, errand.id()).stream()
                .filter(event -> event.has("status")
                        && !event.optString("previousStatus").equals(event.getString("status")))
                .map(event -> event.getString("status"))
                .toList();
        var statuses = Story.statuses(told.getOrDefault("admin on /realtime", ""), "order:status_update");
        assertThat(withoutRepeats(statuses)).isEqualTo(moves);
        for (var world : TwoWorlds.both()) {
            for (var party : world.parties()) {
                var reply = rest.get(party, Deeds.path(errand));
                if (world.equals(errand.world()) && isConcerned(party, told)) {
                    assertThat(reply.status()).as("%s: %s", party, reply).isEqualTo(200);
                } else {
                    assertThat(reply.status()).as("%s: %s", party, reply).isIn(403, 404);
                    assertThat(reply.text()).doesNotContain(errand.name());
                }
            }
        }
    }

    /// An early assignment is told with the status that the order has already.
    private static List<String> withoutRepeats(List<String> statuses) {
        return IntStream.range(0, statuses.size())
                .filter(i -> i == 0 || !statuses.get(i).equals(statuses.get(i - 1)))
                .mapToObj(statuses::get)
                .toList();
    }

    private static boolean isConcerned(Party party, Map<String, String> told) {
        return Objects.requireNonNull(told.get(party.role() + " on /realtime"), party.role())
                .contains(":");
    }

    private static String written(String page) {
        try (var text = Lives.class.getResourceAsStream(page + ".txt")) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
