package waybill.bench.eta;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import waybill.bench.eta.RecordedLegs.RecordedLeg;
import waybill.eta.EtaModel;
import waybill.eta.LearntTravelTimes;

/// `waybill bench --scenarios eta`: the error of predicted times and the coverage of their band.
///
/// The model learns the first 70 % of the days, then predicts each leg of the others and learns it afterwards, as it
/// does in the hub.
public final class EtaRun {

    private static final double TRAINING = 0.7;
    private static final double DETOUR = 1.3;
    private static final double METRES_PER_MINUTE = 250; // 15 km/h

    private EtaRun() {}

    /// The table.
    public static String run(Path data) throws IOException {
        var legs = RecordedLegs.read(data);
        var days = legs.stream().map(leg -> leg.end().toLocalDate()).distinct().toList();
        var firstTested = days.get((int) (days.size() * TRAINING));
        var tested = legs.stream()
                .filter(leg -> !leg.end().toLocalDate().isBefore(firstTested))
                .toList();
        var model = EtaModel.create();
        var times = new LearntTravelTimes(model.legs(), ZoneOffset.UTC);
        legs.subList(0, legs.size() - tested.size()).forEach(leg -> model.legs().learn(leg.leg(), leg.minutes()));

        var straight =
                row("great circle × 1.3 at 15 km/h", tested, leg -> leg.leg().metres() * DETOUR / METRES_PER_MINUTE);
        var covered = new int[1];
        var width = new double[1];
        var learnt = row("learnt by length, hour and driver", tested, leg -> {
            var predicted = times.time(leg.leg());
            covered[0] += predicted.low() <= leg.minutes() && leg.minutes() <= predicted.high() ? 1 : 0;
            width[0] += predicted.high() - predicted.low();
            model.legs().learn(leg.leg(), leg.minutes());
            return predicted.minutes();
        });
        return String.join(
                "\n",
                "| model | legs | mean error | p50 | p90 min |",
                "|---|---:|---:|---:|---:|",
                straight,
                learnt,
                "",
                String.format(
                        Locale.ROOT,
                        "The band for 80 %% held %.1f %% of the legs and is %.1f minutes wide on average.",
                        100.0 * covered[0] / tested.size(),
                        width[0] / tested.size()));
    }

    private static String row(String name, List<RecordedLeg> legs, ToDoubleFunction<RecordedLeg> predict) {
        var errors = legs.stream()
                .mapToDouble(leg -> Math.abs(predict.applyAsDouble(leg) - leg.minutes()))
                .toArray();
        Arrays.sort(errors);
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %.1f |",
                name,
                errors.length,
                Arrays.stream(errors).average().orElse(0),
                errors[errors.length / 2],
                errors[errors.length * 9 / 10]);
    }
}
