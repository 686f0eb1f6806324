package waybill.server.rest.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The streams of public links, as their viewers see them over the port.
class LinkStreamsTest extends LinkScenario {

    @Test
    void twentyViewersSeeADriverExactlyOnceTheOrderIsItsNextStop() {
        var trip = trip();
        report(trip.driver(), 59.9172);
        var viewers = new ArrayList<LinkViewer>();
        for (var i = 0; i < 20; i++) {
            viewers.add(view(trip.token()));
        }
        for (var viewer : viewers) {
            var state = viewer.next("state").data();
            assertThat(state.path("status").asText()).isEqualTo("in_transit");
            assertThat(state.path("stopsBefore").asInt()).isEqualTo(1);
            assertThat(state.path("driverName").asText()).isEqualTo("Name");
            assertThat(state.path("position").path("precision").asText()).isEqualTo("kilometre");
            assertThat(state.path("position").path("latitude").asDouble()).isEqualTo(59.92);
            assertThat(state.has("destination")).isFalse();
        }
        bring(trip.driver(), "pasta", trip.first(), "delivered");
        viewers.forEach(viewer -> {
            var state = viewer.next("state").data();
            assertThat(state.path("stopsBefore").asInt(-1)).isZero();
            assertThat(state.path("position").path("precision").asText()).isEqualTo("exact");
            assertThat(state.path("destination").path("latitude").asDouble()).isEqualTo(59.91);
        });
        assertThat(get("/t/" + trip.token(), "Accept", "text/html").body())
                .contains("The driver is <span class=\"distance\">800\u00a0m</span> from the door, seen ");
        report(trip.driver(), 59.9183);
        viewers.forEach(viewer -> assertThat(
                        viewer.next("position").data().path("latitude").asDouble())
                .isEqualTo(59.9183));
        bring(trip.driver(), "wok", trip.second(), "delivered");
        viewers.forEach(viewer -> {
            var state = viewer.next("state").data();
            assertThat(state.path("status").asText()).isEqualTo("delivered");
            assertThat(state.path("ended").asBoolean()).isTrue();
            assertThat(state.has("position")).isFalse();
            assertThat(state.has("destination")).isFalse();
            assertThat(state.has("driverName")).isFalse();
            assertThat(viewer.next().data().path("reason").asText()).isEqualTo("ended");
            assertThat(viewer.isAtEnd()).isTrue();
            viewer.close();
        });
        report(trip.driver(), 59.9194);
        var after = api.get("", "/t/" + trip.token()).is(200);
        assertThat(after.text("status")).isEqualTo("delivered");
        assertThat(after.body().has("position")).isFalse();
    }

    @Test
    void aRevokedLinkEndsItsStreamsAtOnceAndANewOneWorks() {
        var trip = trip();
        var other = share("merchant:wok", trip.second());
        try (var one = view(trip.token());
                var two = view(other)) {
            one.next("state");
            two.next("state");
            api.request("DELETE", trip.driver(), SHARE.formatted(trip.second()), "")
                    .is(204);
            for (var viewer : List.of(one, two)) {
                assertThat(viewer.next("end").data().path("reason").asText()).isEqualTo("revoked");
                assertThat(viewer.isAtEnd()).isTrue();
            }
        }
        for (var token : List.of(trip.token(), other)) {
            assertThat(get("/t/" + token).statusCode()).isEqualTo(404);
            assertThat(view(token).status()).isEqualTo(404);
        }
        api.request("DELETE", "customer:bob", SHARE.formatted(trip.second()), "")
                .is(204);
        assertThat(get("/t/" + share("customer:bob", trip.second())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aViewerThatConnectsAgainReceivesAStateOnlyIfItIsNew() {
        var trip = trip();
        report(trip.driver(), 59.9172);
        String id;
        try (var viewer = view(trip.token())) {
            id = viewer.next("state").id();
        }
        try (var viewer = view(trip.token(), "Last-Event-ID", id)) {
            var first = viewer.next();
            assertThat(first.name()).isEqualTo("eta");
            assertThat(viewer.next().name()).isEqualTo("position");
            bring(trip.driver(), "pasta", trip.first(), "delivered");
            assertThat(viewer.next("state").id()).isNotEqualTo(id);
        }
        try (var viewer = view(trip.token(), "Last-Event-ID", id)) {
            var missed = viewer.next();
            assertThat(missed.name()).isEqualTo("state");
            assertThat(missed.data().path("stopsBefore").asInt(-1)).isZero();
        }
        bring(trip.driver(), "wok", trip.second(), "delivered");
        api.awaitPublished();
        try (var viewer = view(trip.token(), "Last-Event-ID", id)) {
            id = viewer.next("state").id();
            assertThat(viewer.next().name()).isEqualTo("end");
        }
        assertThat(view(trip.token(), "Last-Event-ID", id).status()).isEqualTo(204);
    }

    @Test
    void aLinkHasALimitedNumberOfStreams() {
        var token = share("customer:bob", api.place("customer:bob", "wok"));
        var viewers = new ArrayList<LinkViewer>();
        for (var i = 0; i < LinkStreamLimits.PER_LINK_MAX; i++) {
            var viewer = view(token);
            assertThat(viewer.status()).isEqualTo(200);
            viewers.add(viewer);
        }
        var rejected = get("/t/" + token + "/events");
        assertThat(rejected.statusCode()).isEqualTo(429);
        assertThat(rejected.headers().firstValue("retry-after")).contains("30");
        viewers.forEach(LinkViewer::close);
        var status = 429;
        while (status != 200) { // until the hub has noticed
            try (var viewer = view(token)) {
                status = viewer.status();
            }
        }
    }
}
