package waybill.cli.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import waybill.cli.city.Point;
import waybill.cli.city.Route;

class DriveTest {

    private static final Route ROUTE =
            new Route(List.of(new Point(0, 0), new Point(100, 0), new Point(100, 50)), List.of(0.0, 10.0, 20.0));

    @Test
    void aDriverIsWhereTheTimeSays() {
        var drive = new Drive(ROUTE, 1_000, 4);
        assertThat(drive.at(1_000)).isEqualTo(new Route.Progress(new Point(0, 0), 90, 10));
        assertThat(drive.at(2_000).point()).isEqualTo(new Point(40, 0));
        assertThat(drive.at(5_000)).isEqualTo(new Route.Progress(new Point(100, 30), 0, 5));
        assertThat(drive.isOver(5_999)).isFalse();
        assertThat(drive.isOver(6_000)).isTrue();
        assertThat(drive.at(60_000)).isEqualTo(new Route.Progress(new Point(100, 50), 0, 0));
    }

    @Test
    void aRouteFromBesideTheStreetBeginsThere() {
        var route = ROUTE.from(new Point(0, -16));
        assertThat(route.points())
                .startsWith(new Point(0, -16), new Point(0, 0))
                .hasSize(4);
        assertThat(route.duration()).isCloseTo(22, Offset.offset(0.01));
        assertThat(ROUTE.from(new Point(0, 0))).isSameAs(ROUTE);
    }

    @Test
    void aFasterCityLastsLessLong() {
        assertThat(new TrafficPlan(40, 10).lasting(60)).isEqualTo(Duration.ofSeconds(6));
        assertThat(new TrafficPlan(40, 4).betweenOrders()).isEqualTo(Duration.ofMillis(3_750));
    }
}
