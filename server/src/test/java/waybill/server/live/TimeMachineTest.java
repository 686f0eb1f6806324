package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;

/// The namespace `/replay`, over sockets.
class TimeMachineTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RecordedDay day;

    @BeforeAll
    static void record() {
        day = RecordedDay.on(data);
    }

    @AfterAll
    static void close() {
        day.close();
    }

    private static LiveTestClient viewer() {
        return day.fixture().connect("/replay", Map.of("token", day.fixture().token(ADMIN)), "");
    }

    private static JSONObject range(Object... more) {
        var fields = json(more);
        try {
            return fields.put("from", day.from().toString()).put("to", day.to().toString());
        } catch (JSONException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void onlyAdministratorsAreAdmitted() {
        for (var role : Role.values()) {
            var principal = new Principal("someone", role, null, null, role == Role.MERCHANT ? "acme" : null);
            var auth = Map.of("token", day.fixture().token(principal));
            if (role == Role.ADMIN) {
                assertThat(day.fixture().isAdmitted("/replay", principal)).isTrue();
            } else {
                assertThat(day.fixture().connectError("/replay", auth, "").toString())
                        .contains("forbidden", "expected: admin");
            }
        }
        assertThat(day.fixture().connectError("/replay", Map.of(), "").toString())
                .contains("unauthenticated");
    }

    @Test
    void aViewerIsSentWhatClientsSaw() throws JSONException {
        var before = day.store().eventLog().lastSequence();
        try (var viewer = viewer()) {
            var started = viewer.emitWithAck("replay:start", range("speed", 3_600));
            assertThat(started.optString("error")).isEmpty();
            assertThat(started.getString("from"))
                    .isEqualTo(day.from().toString().replace("Z", ".000Z"));
            var sent = new ArrayList<RecordedDay.Sent>();
            for (var next = viewer.nextEvent(); !isEnd(next); next = viewer.nextEvent()) {
                if (next.event().startsWith("replay:")) {
                    day.fixture().clock.advance(Duration.ofSeconds(1));
                } else {
                    sent.add(new RecordedDay.Sent(next.event(), next.payload().toString()));
                }
            }
            // what was for customers and drivers alone is sent, too
            assertThat(sent).containsSubsequence(day.live("realtime"));
        }
        assertThat(day.store().eventLog().lastSequence()).isEqualTo(before);
    }

    private static boolean isEnd(LiveTestClient.ReceivedEvent event) {
        return event.event().equals("replay:state") && event.text("state").equals("ended");
    }

    @Test
    void invalidRequestsNameTheirField() {
        try (var viewer = viewer()) {
            assertThat(viewer.error("replay:pause", json()).optString("code")).isEqualTo("not_found");
            assertThat(message(viewer, "replay:start", json("from", "yesterday")))
                    .startsWith("from: yesterday (expected:");
            assertThat(message(viewer, "replay:start", json("orderId", 7))).startsWith("orderId: 7 (expected: a UUID)");
            assertThat(message(viewer, "replay:start", range("speed", 0))).isEqualTo("speed: 0 (expected: 0.1..3600)");
            assertThat(message(viewer, "replay:start", range("dialect", "klingon")))
                    .isEqualTo("dialect: klingon (expected: one of caps, marketplace, realtime, storefront)");
            assertThat(message(viewer, "replay:start", range("positions", "yes")))
                    .contains("true or false");
            assertThat(message(viewer, "replay:rewind", json()))
                    .contains("event: replay:rewind (expected: replay:range");
            var unknown = "0190c2a7-0000-7000-8000-000000000000";
            assertThat(viewer.error("replay:start", json("orderId", unknown)).optString("code"))
                    .isEqualTo("not_found");
        }
    }

    @Test
    void aTimeBeforeTheRetentionIsRefusedWithTheEarliestOne() {
        try (var viewer = viewer()) {
            var longAgo = day.from().minus(Duration.ofDays(40));
            var asked = json(
                    "from", longAgo.toString(), "to", longAgo.plusSeconds(60).toString());
            var earliest = day.fixture()
                    .clock
                    .instant()
                    .minus(Duration.ofDays(30))
                    .toString()
                    .substring(0, 16);
            assertThat(message(viewer, "replay:start", asked))
                    .contains("(expected: not before " + earliest, "positions are retained for 30 days");
        }
    }

    @Test
    void anAdministratorHasAFewReplaysAtOnce() {
        var viewers = new ArrayList<LiveTestClient>();
        try {
            for (var i = 0; i < 3; i++) {
                var viewer = viewer();
                viewers.add(viewer);
                assertThat(viewer.emitWithAck("replay:start", range("paused", true))
                                .optBoolean("ok"))
                        .isTrue();
            }
            var another = viewer();
            viewers.add(another);
            assertThat(message(another, "replay:start", range())).contains("3 of this user already", "at most 3");
            viewers.getFirst().emitWithAck("replay:stop", json());
            assertThat(another.emitWithAck("replay:start", range("paused", true))
                            .optBoolean("ok"))
                    .isTrue();
        } finally {
            viewers.forEach(viewer -> {
                viewer.emitWithAck("replay:stop", json());
                viewer.close();
            });
        }
    }

    private static String message(LiveTestClient viewer, String event, JSONObject payload) {
        return viewer.error(event, payload).optString("message");
    }

    @Test
    void liveClientsSeeNothingOfIt() {
        var live = day.fixture().connect("/realtime", ADMIN);
        live.receivedEvents();
        try (var viewer = viewer()) {
            viewer.emitWithAck("replay:start", range("speed", 3_600));
            viewer.nextEvent("order:new");
            assertThat(live.receivedEventNames()).isEmpty();
        }
        live.close();
    }
}
