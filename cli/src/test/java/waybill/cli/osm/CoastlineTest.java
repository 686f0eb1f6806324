package waybill.cli.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.cli.city.Lines;
import waybill.cli.city.Point;

class CoastlineTest {

    private static final double RADIUS = 1_000;
    private static final double CIRCLE = Math.PI * RADIUS * RADIUS;

    private final Coastline coastline = new Coastline(RADIUS);

    @Test
    void aMapWithoutACoastHasNoSea() {
        assertThat(coastline.sea()).isEmpty();
    }

    @Test
    void theSeaIsToTheRightOfALine() {
        coastline.add(List.of(new Point(0, -RADIUS), new Point(0, 0), new Point(0, RADIUS)));
        assertThat(share()).hasSize(1).allMatch(share -> Math.abs(share - 0.5) < 0.002);
        assertThat(Lines.centre(coastline.sea().getFirst().getFirst()).x()).isPositive();
    }

    @Test
    void aLineInTheOtherDirectionHasTheSeaOnItsOtherSide() {
        coastline.add(List.of(new Point(0, RADIUS), new Point(0, -RADIUS)));
        assertThat(share()).hasSize(1).allMatch(share -> Math.abs(share - 0.5) < 0.002);
        assertThat(Lines.centre(coastline.sea().getFirst().getFirst()).x()).isNegative();
    }

    @Test
    void aStraitIsOneSeaBetweenTwoCoasts() {
        coastline.add(List.of(new Point(-100, -995), new Point(-100, 995)));
        coastline.add(List.of(new Point(100, 995), new Point(100, -995)));
        assertThat(share()).hasSize(1);
        assertThat(share().getFirst()).isCloseTo(0.127, within(0.003));
    }

    @Test
    void anIsthmusHasASeaOnEachSide() {
        coastline.add(List.of(new Point(100, -995), new Point(100, 995)));
        coastline.add(List.of(new Point(-100, 995), new Point(-100, -995)));
        assertThat(share()).hasSize(2).allMatch(share -> Math.abs(share - 0.436) < 0.004);
    }

    @Test
    void partsInAnyOrderAreJoined() {
        coastline.add(List.of(new Point(0, 300), new Point(0, RADIUS)));
        coastline.add(List.of(new Point(0, -RADIUS), new Point(0, -300)));
        coastline.add(List.of(new Point(0, -300), new Point(0, 300)));
        assertThat(share()).hasSize(1).allMatch(share -> Math.abs(share - 0.5) < 0.002);
    }

    @Test
    void aroundAnIslandAloneAllIsSea() {
        coastline.add(square(-100, 200));
        assertThat(share()).hasSize(1);
        assertThat(share().getFirst()).isCloseTo(1 - 0.04e6 / CIRCLE, within(0.002));
        assertThat(coastline.sea().getFirst()).hasSize(2);
    }

    @Test
    void anIslandMayBeOfSeveralParts() {
        var ring = square(-100, 200);
        coastline.add(ring.subList(2, 5));
        coastline.add(ring.subList(0, 3));
        assertThat(coastline.sea()).hasSize(1);
        assertThat(coastline.sea().getFirst()).hasSize(2);
    }

    /// The land is to the left, and outside.
    @Test
    void aRoundBayIsSea() {
        coastline.add(square(-100, 200).reversed());
        assertThat(share()).hasSize(1);
        assertThat(share().getFirst()).isCloseTo(0.04e6 / CIRCLE, within(0.001));
    }

    /// The parts of the map that are sea, without islands, each as a share of a circle.
    private List<Double> share() {
        return coastline.sea().stream()
                .map(polygon -> Math.abs(Lines.area(polygon.getFirst()))
                        - IntStream.range(1, polygon.size())
                                .mapToDouble(hole -> Math.abs(Lines.area(polygon.get(hole))))
                                .sum())
                .map(area -> Math.round(area / CIRCLE * 1_000) / 1_000.0)
                .toList();
    }

    private static List<Point> square(double at, double size) {
        return List.of(
                new Point(at, at),
                new Point(at + size, at),
                new Point(at + size, at + size),
                new Point(at, at + size),
                new Point(at, at));
    }
}
