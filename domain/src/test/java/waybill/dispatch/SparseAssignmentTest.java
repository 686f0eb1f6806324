package waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseAssignmentTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theCostIsTheLeastOfAllAssignments(long seed) {
        var random = new Random(seed);
        for (var problem = 0; problem < 200; problem++) {
            var rows = 1 + random.nextInt(6);
            var columnCount = 1 + random.nextInt(6);
            var columns = new int[rows][];
            var costs = new double[rows][];
            var unassigned = new double[rows];
            for (var row = 0; row < rows; row++) {
                var possible =
                        new ArrayList<>(IntStream.range(0, columnCount).boxed().toList());
                Collections.shuffle(possible, random);
                columns[row] = possible.stream()
                        .limit(random.nextInt(columnCount + 1))
                        .mapToInt(Integer::intValue)
                        .toArray();
                costs[row] = random.doubles(columns[row].length, -2, 30).toArray();
                unassigned[row] = random.nextDouble() * 40;
            }

            var solved = new SparseAssignment(columnCount, columns, costs, unassigned).solve();

            assertThat(cost(solved, columns, costs, unassigned))
                    .as("seed %d, problem %d", seed, problem)
                    .isCloseTo(least(0, new boolean[columnCount], columns, costs, unassigned), within(1e-6));
        }
    }

    private static double cost(int[] solved, int[][] columns, double[][] costs, double[] unassigned) {
        assertThat(Arrays.stream(solved).filter(column -> column >= 0)).doesNotHaveDuplicates();
        var sum = 0.0;
        for (var row = 0; row < solved.length; row++) {
            var column = solved[row];
            var possible = columns[row];
            var at = IntStream.range(0, possible.length)
                    .filter(i -> possible[i] == column)
                    .findFirst();
            assertThat(column == SparseAssignment.UNASSIGNED || at.isPresent()).isTrue();
            sum += at.isPresent() ? costs[row][at.getAsInt()] : unassigned[row];
        }
        return sum;
    }

    /// By trying every assignment.
    private static double least(int row, boolean[] isTaken, int[][] columns, double[][] costs, double[] unassigned) {
        if (row == columns.length) {
            return 0;
        }
        var least = unassigned[row] + least(row + 1, isTaken, columns, costs, unassigned);
        for (var i = 0; i < columns[row].length; i++) {
            var column = columns[row][i];
            if (!isTaken[column]) {
                isTaken[column] = true;
                least = Math.min(least, costs[row][i] + least(row + 1, isTaken, columns, costs, unassigned));
                isTaken[column] = false;
            }
        }
        return least;
    }
}
