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
final class OrderScenarios {

    private final TwoUserGroups groups;

    OrderScenarios(TwoUserGroups worlds) {
        this.groups = worlds;
    }

    /// Each deed of the one is followed by the same of the other, and then by something more, so that whatever was to
    /// be heard of it has been heard.
    void play(String page, OrderSteps.Placement birth, OrderSteps.Step... deeds)
            throws IOException, InterruptedException {
        var adas = groups.place(birth, TwoUserGroups.ADA, page);
        var bobs = groups.place(birth, TwoUserGroups.BOB, page);
        for (var deed : deeds) {
            deed.on(adas);
            deed.on(bobs);
        }
        groups.awaitAllEvents(page);
        var told = summaries(adas);
        assertThat(EventSummary.page(told)).isEqualTo(expectedPage(page));
        assertThat(EventSummary.page(summaries(bobs))).isEqualTo(expectedPage(page));
        checkHistory(adas, told);
    }

    /// By who somebody is to the errand and where they listen.
    private SequencedMap<String, String> summaries(TestOrder errand) {
        var stories = new LinkedHashMap<String, String>();
        var byJava = new LinkedHashMap<String, String>();
        for (var spec : socketsOf(errand.group()).toList()) {
            var story = EventSummary.of(spec, groups.hub().received().of(spec.name()), errand);
            var relation = concerns(errand.group(), spec) ? "" : "another ";
            var name = relation
                    + spec.user().role()
                    + spec.name().substring(spec.user().id().length());
            (name.endsWith(TwoUserGroups.BY_JAVA) ? byJava : stories)
                    .put(name.replace(TwoUserGroups.BY_JAVA, ""), story);
        }
        assertThat(stories).containsAllEntriesOf(byJava);
        return stories;
    }

    /// Those who have to do with the world first.
    private Stream<TestSocket> socketsOf(UserGroup group) {
        var own = new ArrayList<TestSocket>();
        var others = new ArrayList<TestSocket>();
        for (var spec : groups.hub().sockets()) {
            (concerns(group, spec) ? own : others).add(spec);
        }
        return Stream.of(own, others).flatMap(List::stream);
    }

    private static boolean concerns(UserGroup group, TestSocket spec) {
        return group.users().contains(spec.user()) || spec.user().equals(TwoUserGroups.ROOT);
    }

    /// What was heard is what is written in the books, and only who has to do with the errand may read it there.
    private void checkHistory(TestOrder errand, Map<String, String> told) throws IOException, InterruptedException {
        var rest = groups.hub().rest();
        var moves = rest.events(TwoUserGroups.ROOT, errand.id()).stream()
                .filter(event -> event.has("status")
                        && !event.optString("previousStatus").equals(event.getString("status")))
                .map(event -> event.getString("status"))
                .toList();
        var statuses = EventSummary.statuses(told.getOrDefault("admin on /realtime", ""), "order:status_update");
        assertThat(withoutRepeats(statuses)).isEqualTo(moves);
        for (var group : TwoUserGroups.groups()) {
            for (var party : group.users()) {
                var reply = rest.get(party, OrderSteps.path(errand));
                if (group.equals(errand.group()) && isConcerned(party, told)) {
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

    private static boolean isConcerned(TestUser party, Map<String, String> told) {
        return Objects.requireNonNull(told.get(party.role() + " on /realtime"), party.role())
                .contains(":");
    }

    private static String expectedPage(String page) {
        try (var text = OrderScenarios.class.getResourceAsStream(page + ".txt")) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
