package waybill.eta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// How far the ETAs of the last deliveries were off, and how many of the times were within their band, by stage and by
/// distance. It also widens the band of each stage so that it holds four of five. Old deliveries fade. Guarded by its
/// monitor; [#correction] takes no lock.
public final class Calibration {

    /// How far an order has come when its ETA is predicted.
    public enum Stage {
        /// The order has a driver, and is not picked up.
        BEFORE_PICKUP,

        /// The driver has the order, and is on its way to the customer or to a stop before.
        TO_STOP;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The first ETA of an order in a stage.
    ///
    /// @param metres along the straight line to the customer
    /// @param correction the correction of the stage that the band includes
    public record Prediction(
            Stage stage, double metres, long atMs, long arrivalMs, long lowMs, long highMs, double correction) {}

    /// One row of the calibration.
    ///
    /// @param metresFrom the least distance of the row
    /// @param metresTo the greatest, or infinite
    /// @param deliveries how many were counted; old ones fade
    /// @param meanError the mean of how far the time was off, in minutes
    /// @param bias the mean of by how much the delivery was later than predicted, in minutes
    /// @param coverage the part of the deliveries that were within the band
    public record Row(
            Stage stage,
            double metresFrom,
            double metresTo,
            int deliveries,
            double meanError,
            double bias,
            double p50,
            double p90,
            double coverage) {}

    private static final double[] DISTANCES = {0, 500, 1_000, 2_000, 5_000, Double.POSITIVE_INFINITY};
    private static final double MIDDLE = 0.5;
    private static final double MOST = 0.9;

    private final Map<Stage, StageRecord> stages = new EnumMap<>(Stage.class); // never changed

    public Calibration() {
        for (var stage : Stage.values()) {
            stages.put(stage, new StageRecord());
        }
    }

    private static final class StageRecord {

        final BandCorrection correction = new BandCorrection();
        final List<Cell> cells =
                Stream.generate(Cell::new).limit(DISTANCES.length - 1L).toList();
    }

    private StageRecord of(Stage stage) {
        return Objects.requireNonNull(stages.get(stage));
    }

    private static final class Cell {

        final TimeHistogram errors = new TimeHistogram();
        double covered;
        double sum;
        double signedSum;

        void add(double laterMinutes, boolean isCovered) {
            if (errors.total() >= TimeHistogram.LEGS_MAX) {
                covered /= 2;
                sum /= 2;
                signedSum /= 2;
            }
            errors.add(Math.abs(laterMinutes));
            covered += isCovered ? 1 : 0;
            sum += Math.abs(laterMinutes);
            signedSum += laterMinutes;
        }
    }

    /// By how much the band of this stage is widened on both sides, as a part of the time that remains.
    public double correction(Stage stage) {
        return of(stage).correction.value();
    }

    /// The order of a prediction was delivered.
    public synchronized void learn(Prediction prediction, long deliveredMs) {
        var later = (deliveredMs - prediction.arrivalMs) / LearntTravelTimes.MS_PER_MINUTE;
        if (Math.abs(later) > TimeHistogram.MINUTES_MAX) {
            return; // the order was left undone for hours, or its clock was wrong
        }
        var isCovered = prediction.lowMs <= deliveredMs && deliveredMs <= prediction.highMs;
        of(prediction.stage).cells.get(distance(prediction.metres)).add(later, isCovered);
        var remainingMs = (double) prediction.arrivalMs - prediction.atMs;
        if (remainingMs > 0) {
            var wider = prediction.correction * remainingMs;
            var beyond = Math.max(prediction.lowMs + wider - deliveredMs, deliveredMs - prediction.highMs + wider);
            of(prediction.stage).correction.add(beyond / remainingMs);
        }
    }

    private static int distance(double metres) {
        var distance = 0;
        while (distance < DISTANCES.length - 2 && metres >= DISTANCES[distance + 1]) {
            distance++;
        }
        return distance;
    }

    /// All rows, by stage and distance.
    public synchronized List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (var stage : Stage.values()) {
            for (var distance = 0; distance < DISTANCES.length - 1; distance++) {
                var cell = of(stage).cells.get(distance);
                var count = Math.max(1, cell.errors.total());
                rows.add(new Row(
                        stage,
                        DISTANCES[distance],
                        DISTANCES[distance + 1],
                        cell.errors.total(),
                        cell.sum / count,
                        cell.signedSum / count,
                        cell.errors.isEmpty() ? 0 : cell.errors.quantile(MIDDLE),
                        cell.errors.isEmpty() ? 0 : cell.errors.quantile(MOST),
                        cell.covered / count));
            }
        }
        return rows;
    }

    synchronized void write(DataOutput out) throws IOException {
        for (var stage : stages.values()) {
            stage.correction.write(out);
            for (var cell : stage.cells) {
                cell.errors.write(out);
                out.writeDouble(cell.covered);
                out.writeDouble(cell.sum);
                out.writeDouble(cell.signedSum);
            }
        }
    }

    synchronized void read(DataInput in) throws IOException {
        for (var stage : stages.values()) {
            stage.correction.read(in);
            for (var cell : stage.cells) {
                cell.errors.read(in);
                cell.covered = in.readDouble();
                cell.sum = in.readDouble();
                cell.signedSum = in.readDouble();
            }
        }
    }
}
