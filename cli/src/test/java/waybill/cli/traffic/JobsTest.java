package waybill.cli.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.cli.city.MapProjection;
import waybill.cli.city.Point;
import waybill.geo.Position;

class JobsTest {

    private static final Point HERE = new Point(0, 0);

    private static final MapProjection PROJECTION = new MapProjection(new Position(55.75, 3.25));

    private final Jobs jobs = new Jobs();

    @Test
    void everythingIsFetchedBeforeAnythingIsDelivered() {
        jobs.put(new Job("near", new Point(10, 0), new Point(20, 0), "picked_up"));
        jobs.put(new Job("far", new Point(900, 0), new Point(30, 0), "accepted"));
        assertThat(jobs.next(HERE)).map(Job::order).contains("far");
        jobs.update("far", "in_transit");
        assertThat(jobs.next(HERE)).map(Job::stop).contains(new Point(20, 0));
        jobs.remove("near");
        assertThat(jobs.next(HERE)).map(Job::stop).contains(new Point(30, 0));
        jobs.remove("far");
        assertThat(jobs.next(HERE)).isEmpty();
    }

    @Test
    void whatIsReadyIsFetchedFirst() {
        jobs.put(new Job("near", new Point(10, 0), new Point(20, 0), "accepted"));
        jobs.put(new Job("far", new Point(900, 0), new Point(30, 0), "accepted"));
        assertThat(jobs.next(HERE)).map(Job::order).contains("near");
        jobs.update("far", "assigned_to_driver");
        assertThat(jobs.next(HERE)).map(Job::order).contains("far");
    }

    @Test
    void anOrderOfAnotherDriverIsNotUpdated() {
        assertThat(jobs.update("other", "picked_up")).isFalse();
        assertThat(jobs.isEmpty()).isTrue();
    }

    @Test
    void ordersBeyondTheLimitAreLeftOut() {
        for (var i = 0; i <= Jobs.JOBS_MAX; i++) {
            jobs.put(new Job("order " + i, HERE, HERE, "accepted"));
        }
        assertThat(jobs.find("order " + (Jobs.JOBS_MAX - 1))).isPresent();
        assertThat(jobs.find("order " + Jobs.JOBS_MAX)).isEmpty();
    }

    @Test
    void anOrderOfTheRestApiIsRead() {
        var job = Job.of(order("assigned_to_driver", new Point(100, 200)), PROJECTION)
                .orElseThrow();
        assertThat(job.order()).isEqualTo("o1");
        assertThat(job.pickup().distanceTo(new Point(-300, 50))).isLessThan(0.1);
        assertThat(job.stop().distanceTo(job.pickup())).isZero();
        assertThat(job.withStatus("in_transit").stop().distanceTo(new Point(100, 200)))
                .isLessThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "delivered", "cancelled", "expired", "failed"})
    void anOrderThatNeedsNoDriverIsNoJob(String status) {
        assertThat(Job.of(order(status, HERE), PROJECTION)).isEmpty();
    }

    @Test
    void anOrderOfAnotherCityIsNoJob() {
        assertThat(Job.of(order("accepted", new Point(9_000, 0)), PROJECTION)).isEmpty();
        var oslo = new JSONObject()
                .put("text", "12 Lake Road")
                .put("latitude", 59.91)
                .put("longitude", 10.75);
        assertThat(Job.of(order("accepted", HERE).put("deliveryAddress", oslo), PROJECTION))
                .isEmpty();
        var withoutPlace = new JSONObject().put("text", "12 Lake Road");
        assertThat(Job.of(order("accepted", HERE).put("deliveryAddress", withoutPlace), PROJECTION))
                .isEmpty();
    }

    private static JSONObject order(String status, Point dropoff) {
        return new JSONObject()
                .put("orderId", "o1")
                .put("status", status)
                .put("pickupAddress", json(new Point(-300, 50)))
                .put("deliveryAddress", json(dropoff));
    }

    private static JSONObject json(Point point) {
        var position = PROJECTION.position(point);
        return new JSONObject().put("latitude", position.latitude()).put("longitude", position.longitude());
    }
}
