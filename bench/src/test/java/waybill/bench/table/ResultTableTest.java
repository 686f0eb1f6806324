package waybill.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.bench.load.RunResult;

class ResultTableTest {

    @Test
    void mediansArePrintedAndMissingFiguresLeftOut() {
        var rows = List.of(
                new ResultRow("tracking", "A", List.of(busy(10_000, 9), busy(30_000, 5), busy(20_000, 7)), ""),
                new ResultRow("idle", "A", List.of(idle()), ""),
                new ResultRow("idle", "B", List.of(), "cannot load: B | C"));
        assertThat(ResultTable.render(rows)).isEqualTo("""
                | scenario | server | delivered/s | CPU µs/delivered | p50 ms | p99 ms | connects/s | CPU ms/connect | RSS KB/idle | server cores | generator cores | runs | note               |
                |----------|--------|------------:|-----------------:|-------:|-------:|-----------:|---------------:|------------:|-------------:|----------------:|-----:|--------------------|
                | tracking | A      |      20,000 |             7.00 |   1.00 |   2.00 |          – |              – |           – |         0.90 |            0.50 |    3 |                    |
                | idle     | A      |           – |                – |      – |      – |      1,000 |           0.50 |         4.0 |         0.00 |            0.01 |    1 |                    |
                | idle     | B      |           – |                – |      – |      – |          – |              – |           – |            – |               – |    0 | cannot load: B / C |
                """);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        var row = new ResultRow("tracking", "A", List.of(busy(4, 1), busy(1, 1), busy(3, 1), busy(2, 1)), "");
        assertThat(row.median(RunResult::deliveredPerSecond)).isEqualTo(2.5);
    }

    @Test
    void theNoteNamesWhatInvalidatesARun() {
        var spoilt = new RunResult(10, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.97, 0.4, 1, 1, 2, "end of stream");
        assertThat(ResultTable.render(List.of(new ResultRow("tracking", "A", List.of(busy(1, 1), spoilt), ""))))
                .contains(
                        "the generator was the limit; noisy: others used 0.40 cores; 2 connections lost: end of stream");
    }

    private static RunResult busy(double delivered, double cpuUs) {
        return new RunResult(
                10, 10, 900, 0.6, 500, delivered, cpuUs, 1_000, 2_000, 3_000, 0.9, 0.5, 0.0, 5, 100, 0, "");
    }

    private static RunResult idle() {
        var none = Double.NaN;
        return new RunResult(10, 10, 1_000, 0.5, 0, none, none, none, none, none, 0, 0.01, 0.0, 4, 100, 0, "");
    }
}
