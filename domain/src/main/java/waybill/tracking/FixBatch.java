package waybill.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fixes that a phone buffered while it was offline, in any order: of one driver, and at most [#FIXES_MAX].
public record FixBatch(List<Fix> fixes) {

    /// An hour at a fix every seven seconds. A phone with more of them sends several batches.
    public static final int FIXES_MAX = 500;

    /// The result of a batch: every fix goes into the history, and at most one is published.
    ///
    /// @param fixes all fixes, the oldest first
    /// @param trackState the driver's state after the batch
    public record BatchResult(List<ClassifiedFix> fixes, DriverTrackState trackState) {

        /// The fix to publish: the newest accepted one. Empty when all are stale or implausible.
        public Optional<Fix> newestAccepted() {
            return fixes.reversed().stream()
                    .filter(classified -> classified.status() == FixStatus.ACCEPTED)
                    .map(ClassifiedFix::fix)
                    .findFirst();
        }
    }

    public FixBatch {
        if (fixes.isEmpty()) {
            throw new IllegalArgumentException("fixes: 0 (expected: 1.." + FIXES_MAX + ")");
        }
        sizeError(fixes.size()).ifPresent(error -> {
            throw new IllegalArgumentException(error);
        });
        fixes = List.copyOf(fixes);
        var driver = fixes.getFirst().driver();
        for (var fix : fixes) {
            if (!fix.driver().equals(driver)) {
                throw new IllegalArgumentException(
                        "driver: " + fix.driver() + " (expected: " + driver + ", as in the rest of the batch)");
            }
        }
    }

    /// The error for a client that sends too many fixes at once, to be checked before they are parsed.
    public static Optional<String> sizeError(int count) {
        return count <= FIXES_MAX
                ? Optional.empty()
                : Optional.of("fixes: " + count + " (expected: at most " + FIXES_MAX + " at once)");
    }

    /// Classifies the fixes in order of their timestamps. Of fixes with the same timestamp the one sent last counts.
    ///
    /// @param before the driver's previous state, if there is one
    public BatchResult classify(@Nullable DriverTrackState before, double speedMax) {
        var ordered = new ArrayList<>(fixes.reversed());
        ordered.sort(Comparator.comparingLong(Fix::recordedAtMs)); // stable, so the one sent last stays in front
        var classified = new ArrayList<ClassifiedFix>(ordered.size());
        var state = before;
        for (var fix : ordered) {
            state = state == null ? DriverTrackState.start(fix) : state.next(fix, speedMax);
            classified.add(new ClassifiedFix(fix, state.status()));
        }
        if (state == null) {
            throw new AssertionError("a batch holds at least one fix");
        }
        return new BatchResult(List.copyOf(classified), state);
    }
}
