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

/// Runs the same scenario for both user groups at the same time, and checks what each socket receives. The expected
/// events of each scenario are in the resources of this package, one page for each.
final class OrderScenarios {

    private final TwoUserGroups groups;

    OrderScenarios(TwoUserGroups groups) {
        this.groups = groups;
    }

    /// Each step of one group is followed by the same step of the other, and then by one more order, so that all
    /// events of the step have arrived.
    void play(String page, OrderSteps.Placement placement, OrderSteps.Step... steps)
            throws IOException, InterruptedException {
        var adas = groups.place(placement, TwoUserGroups.ADA, page);
        var bobs = groups.place(placement, TwoUserGroups.BOB, page);
        for (var step : steps) {
            step.on(adas);
            step.on(bobs);
        }
        groups.awaitAllEvents(page);
        var received = summaries(adas);
        assertThat(EventSummary.page(received)).isEqualTo(expectedPage(page));
        assertThat(EventSummary.page(summaries(bobs))).isEqualTo(expectedPage(page));
        checkHistory(adas, received);
    }

    /// The summaries by the party's relation to the order and its socket.
    private SequencedMap<String, String> summaries(TestOrder order) {
        var stories = new LinkedHashMap<String, String>();
        var byJava = new LinkedHashMap<String, String>();
        for (var spec : socketsOf(order.group()).toList()) {
            var story = EventSummary.of(spec, groups.hub().received().of(spec.name()), order);
            var relation = concerns(order.group(), spec) ? "" : "another ";
            var name = relation
                    + spec.user().role()
                    + spec.name().substring(spec.user().id().length());
            (name.endsWith(TwoUserGroups.BY_JAVA) ? byJava : stories)
                    .put(name.replace(TwoUserGroups.BY_JAVA, ""), story);
        }
        assertThat(stories).containsAllEntriesOf(byJava);
        return stories;
    }

    /// The parties of the group first.
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

    /// The received events are those in the log, and only the parties of the order may read its history.
    private void checkHistory(TestOrder order, Map<String, String> received) throws IOException, InterruptedException {
        var rest = groups.hub().rest();
        var moves = rest.events(TwoUserGroups.ROOT, order.id()).stream()
                .filter(event -> event.has("status")
                        && !event.optString("previousStatus").equals(event.getString("status")))
                .map(event -> event.getString("status"))
                .toList();
        var statuses = EventSummary.statuses(received.getOrDefault("admin on /realtime", ""), "order:status_update");
        assertThat(withoutRepeats(statuses)).isEqualTo(moves);
        for (var group : TwoUserGroups.groups()) {
            for (var party : group.users()) {
                var reply = rest.get(party, OrderSteps.path(order));
                if (group.equals(order.group()) && isConcerned(party, received)) {
                    assertThat(reply.status()).as("%s: %s", party, reply).isEqualTo(200);
                } else {
                    assertThat(reply.status()).as("%s: %s", party, reply).isIn(403, 404);
                    assertThat(reply.text()).doesNotContain(order.name());
                }
            }
        }
    }

    /// An early assignment carries the current status of the order.
    private static List<String> withoutRepeats(List<String> statuses) {
        return IntStream.range(0, statuses.size())
                .filter(i -> i == 0 || !statuses.get(i).equals(statuses.get(i - 1)))
                .mapToObj(statuses::get)
                .toList();
    }

    private static boolean isConcerned(TestUser party, Map<String, String> received) {
        return Objects.requireNonNull(received.get(party.role() + " on /realtime"), party.role())
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
