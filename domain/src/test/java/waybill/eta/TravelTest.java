package waybill.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.geo.Position;

class TravelTest {

    @Test
    void aTimeOrALengthBelowZeroIsNoTravel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Travel.routed(-1, 10, List.of()))
                .withMessage("travelMs: -1 (expected: 0 or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Travel.routed(1, Double.NaN, List.of()))
                .withMessage("metres: NaN (expected: 0 or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Travel.Band(5, 4))
                .withMessage("band: 5..4 (expected: 0 or more, ascending)");
    }

    @Test
    void thePathOfATravelDoesNotChangeAfterwards() {
        var points = new ArrayList<>(List.of(new Position(1, 2)));
        var travel = Travel.routed(1, 10, points);
        points.clear();
        assertThat(travel.path()).containsExactly(new Position(1, 2));
        assertThat(travel.source().wireName()).isEqualTo("routed");
    }
}
