package waybill.dispatch;

import java.util.Arrays;

/// The assignment of rows to columns with the least total cost, where each row has a few possible columns or stays
/// unassigned at a price of its own.
///
/// Successive shortest augmenting paths with potentials (R. Jonker and A. Volgenant, "A Shortest Augmenting Path
/// Algorithm for Dense and Sparse Linear Assignment Problems", Computing 38, 1987). A search visits the columns that
/// are connected with its row and no others. Not thread-safe.
final class SparseAssignment {

    static final int UNASSIGNED = -1;

    private static final double EPSILON = 1e-9;

    private final int[][] columns;
    private final double[][] costs;
    private final double[] unassignedCosts;
    private final int[] columnOf;
    private final int[] rowOf;
    private final double[] rowPotential;
    private final double[] columnPotential;
    private final double[] distance;
    private final int[] reachedFrom;
    private final boolean[] isSettled;
    private final int[] reached;
    private int reachedCount;

    /// @param columns the possible columns of each row
    /// @param costs the cost of each of them
    /// @param unassignedCosts the cost of each row without a column
    SparseAssignment(int columnCount, int[][] columns, double[][] costs, double[] unassignedCosts) {
        this.columns = columns;
        this.costs = costs;
        this.unassignedCosts = unassignedCosts;
        columnOf = new int[columns.length];
        rowOf = new int[columnCount];
        rowPotential = new double[columns.length];
        columnPotential = new double[columnCount];
        distance = new double[columnCount];
        reachedFrom = new int[columnCount];
        isSettled = new boolean[columnCount];
        reached = new int[columnCount];
        Arrays.fill(columnOf, UNASSIGNED);
        Arrays.fill(rowOf, UNASSIGNED);
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
    }

    /// The column of each row, or [#UNASSIGNED].
    int[] solve() {
        for (var row = 0; row < columns.length; row++) {
            augment(row);
        }
        return columnOf;
    }

    private void augment(int start) {
        var row = start;
        var settled = 0.0;
        var leastUnassigned = unassignedCosts[start] - rowPotential[start];
        var rowToUnassign = start;
        var freeColumn = UNASSIGNED;
        while (true) {
            reachColumns(row, settled);
            var nearest = nearestColumn();
            if (nearest == UNASSIGNED || distance[nearest] >= leastUnassigned) {
                settled = leastUnassigned;
                break;
            }
            isSettled[nearest] = true;
            settled = distance[nearest];
            row = rowOf[nearest];
            if (row == UNASSIGNED) {
                freeColumn = nearest;
                break;
            }
            var unassigned = settled + unassignedCosts[row] - rowPotential[row];
            if (unassigned < leastUnassigned) {
                leastUnassigned = unassigned;
                rowToUnassign = row;
            }
        }
        updatePotentials(start, freeColumn, settled);
        if (freeColumn != UNASSIGNED) {
            reassign(start, freeColumn);
        } else if (rowToUnassign != start) {
            var column = columnOf[rowToUnassign];
            columnOf[rowToUnassign] = UNASSIGNED;
            reassign(start, column);
        }
        clearSearch();
    }

    private void reachColumns(int row, double settled) {
        var possible = columns[row];
        for (var i = 0; i < possible.length; i++) {
            var column = possible[i];
            if (isSettled[column]) {
                continue;
            }
            var length = settled + costs[row][i] - rowPotential[row] - columnPotential[column];
            if (length < distance[column] - EPSILON) {
                if (distance[column] == Double.POSITIVE_INFINITY) {
                    reached[reachedCount++] = column;
                }
                distance[column] = length;
                reachedFrom[column] = row;
            }
        }
    }

    private int nearestColumn() {
        var nearest = UNASSIGNED;
        for (var i = 0; i < reachedCount; i++) {
            var column = reached[i];
            if (!isSettled[column] && (nearest == UNASSIGNED || distance[column] < distance[nearest])) {
                nearest = column;
            }
        }
        return nearest;
    }

    private void updatePotentials(int start, int freeColumn, double length) {
        for (var i = 0; i < reachedCount; i++) {
            var column = reached[i];
            if (isSettled[column] && column != freeColumn) {
                columnPotential[column] += distance[column] - length;
                rowPotential[rowOf[column]] += length - distance[column];
            }
        }
        rowPotential[start] += length;
    }

    /// Moves each row on the path to the column that it was reached by.
    private void reassign(int start, int last) {
        for (var column = last; ; ) {
            var row = reachedFrom[column];
            var previous = columnOf[row];
            rowOf[column] = row;
            columnOf[row] = column;
            if (row == start) {
                return;
            }
            column = previous;
        }
    }

    private void clearSearch() {
        for (var i = 0; i < reachedCount; i++) {
            distance[reached[i]] = Double.POSITIVE_INFINITY;
            isSettled[reached[i]] = false;
        }
        reachedCount = 0;
    }
}
