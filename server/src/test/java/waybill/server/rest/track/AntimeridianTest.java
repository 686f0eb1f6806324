package waybill.server.rest.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.geo.Position;

class AntimeridianTest {

    private static List<Position> line(double... latitudesAndLongitudes) {
        return Stream.iterate(0, i -> i < latitudesAndLongitudes.length, i -> i + 2)
                .map(i -> new Position(latitudesAndLongitudes[i], latitudesAndLongitudes[i + 1]))
                .toList();
    }

    @Test
    void aLineThatStaysOnOneSideIsWhole() {
        assertThat(Antimeridian.split(line(1, 10, 2, 20, 2, -100))).containsExactly(line(1, 10, 2, 20, 2, -100));
        assertThat(Antimeridian.split(line(1, 10))).isEmpty();
        assertThat(Antimeridian.split(line())).isEmpty();
    }

    @Test
    void aLineIsCutWhereItCrosses() {
        assertThat(Antimeridian.split(line(10, 179, 12, -179)))
                .containsExactly(line(10, 179, 11, 180), line(11, -180, 12, -179));
        assertThat(Antimeridian.split(line(10, -179, 12, 179)))
                .containsExactly(line(10, -179, 11, -180), line(11, 180, 12, 179));
        assertThat(Antimeridian.split(line(0, 179, 0, -179, 0, 179))).hasSize(3);
    }

    @Test
    void aPointOnTheMeridianIsNoLineOfItsOwn() {
        assertThat(Antimeridian.split(line(5, 179, 6, 180, 7, -179)))
                .containsExactly(line(5, 179, 6, 180), line(6, -180, 7, -179));
        assertThat(Antimeridian.split(line(6, 180, 7, -179))).containsExactly(line(6, -180, 7, -179));
    }

    @Test
    void aDriverThatStandsStillHasTwoPoints() {
        assertThat(Antimeridian.split(line(1, 10, 1, 10))).containsExactly(line(1, 10, 1, 10));
    }
}
