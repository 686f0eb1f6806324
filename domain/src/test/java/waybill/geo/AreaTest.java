package waybill.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AreaTest {

    private static final Position OSLO = new Position(59.91, 10.75);

    @Test
    void aCircleHasWhatIsWithinItsRadius() {
        var circle = new Area.Circle(OSLO, 1_000);
        assertThat(circle.contains(OSLO)).isTrue();
        assertThat(circle.contains(new Position(59.9189, 10.75))).isTrue(); // 990 m
        assertThat(circle.contains(new Position(59.9191, 10.75))).isFalse(); // 1,012 m
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, -1, 1_000_001, Double.NaN})
    void aRadiusIsBounded(double radius) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Area.Circle(OSLO, radius))
                .withMessageContaining("radius: " + radius);
    }

    @Test
    void aPolygonHasWhatIsWithinItsRing() {
        var shapeOfL = polygon(0, 0, 0, 3, 1, 3, 1, 1, 3, 1, 3, 0);
        assertThat(shapeOfL.contains(new Position(0.5, 2.5))).isTrue();
        assertThat(shapeOfL.contains(new Position(2.5, 0.5))).isTrue();
        assertThat(shapeOfL.contains(new Position(2, 2))).as("in its corner").isFalse();
        assertThat(shapeOfL.contains(new Position(0.5, -0.5))).as("west of it").isFalse();
        assertThat(shapeOfL.contains(new Position(0.5, 3.5))).as("east of it").isFalse();
        assertThat(shapeOfL.contains(new Position(0.5, -179))).as("far west").isFalse();
    }

    @Test
    void aRingThatItsLastCornerClosesIsTheSame() {
        var closed = polygon(0, 0, 0, 2, 2, 2, 2, 0, 0, 0);
        assertThat(closed.contains(new Position(1, 1))).isTrue();
        assertThat(closed.contains(new Position(1, 3))).isFalse();
    }

    @Test
    void aPolygonMayCrossTheAntimeridian() {
        var fiji = polygon(-20, 177, -20, -178, -15, -178, -15, 177);
        assertThat(fiji.contains(new Position(-17, 179))).isTrue();
        assertThat(fiji.contains(new Position(-17, -179))).isTrue();
        assertThat(fiji.contains(new Position(-17, 180))).isTrue();
        assertThat(fiji.contains(new Position(-17, -177))).isFalse();
        assertThat(fiji.contains(new Position(-17, 176))).isFalse();
        assertThat(fiji.contains(new Position(-17, 0))).isFalse();
    }

    @Test
    void aPolygonHasABoundedNumberOfCornersNearEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> polygon(0, 0, 1, 1))
                .withMessage("polygon: 2 corners (expected: 3..100)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Area.Polygon(Collections.nCopies(101, OSLO)))
                .withMessage("polygon: 101 corners (expected: 3..100)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> polygon(0, 0, 0, 91, 1, 1))
                .withMessageContaining("90 degrees");
    }

    /// Latitudes and longitudes alternate.
    private static Area.Polygon polygon(double... degrees) {
        var corners = new Position[degrees.length / 2];
        for (var i = 0; i < corners.length; i++) {
            corners[i] = new Position(degrees[2 * i], degrees[2 * i + 1]);
        }
        return new Area.Polygon(List.of(corners));
    }
}
