package waybill.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fixes that a phone gathered while it was offline, in any order: one driver's, and at most [#FIXES_MAX].
public record FixBatch(List<Fix> fixes) {

    /// An hour at a fix every seven seconds. A phone with more of them sends several batches.
    public static final int FIXES_MAX = 500;

    /// What came of a batch: everything goes into the history, and one fix at most is told.
    ///
    /// @param fixes all of them, the oldest first
    /// @param trackState the driver's track from here on
    public record BatchResult(List<ClassifiedFix> fixes, DriverTrackState trackState) {

        /// The fix to tell: the newest accepted one. None when all are older than what was known, or astray.
        public Optional<Fix> newestAccepted() {
            return fixes.reversed().stream()
                    .filter(judged -> judged.status() == FixStatus.ACCEPTED)
                    .map(ClassifiedFix::fix)
                    .findFirst();
        }
    }

    public FixBatch {
        if (fixes.isEmpty()) {
            throw new IllegalArgumentException("fixes: 0 (expected: 1.." + FIXES_MAX + ")");
        }
        sizeError(fixes.size()).ifPresent(complaint -> {
            throw new IllegalArgumentException(complaint);
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

    /// What to say to who sends `count` fixes at once, if that is too many: ask before reading them.
    public static Optional<String> sizeError(int count) {
        return count <= FIXES_MAX
                ? Optional.empty()
                : Optional.of("fixes: " + count + " (expected: at most " + FIXES_MAX + " at once)");
    }

    /// Judges the fixes in the order in which they were recorded. Of several of one time, the one sent last is it.
    ///
    /// @param before the driver's track, if the driver is known
    public BatchResult classify(@Nullable DriverTrackState before, double speedMax) {
        var ordered = new ArrayList<>(fixes.reversed());
        ordered.sort(Comparator.comparingLong(Fix::recordedAtMs)); // stable, so the last of one time stays in front
        var judged = new ArrayList<ClassifiedFix>(ordered.size());
        var track = before;
        for (var fix : ordered) {
            track = track == null ? DriverTrackState.start(fix) : track.next(fix, speedMax);
            judged.add(new ClassifiedFix(fix, track.status()));
        }
        if (track == null) {
            throw new AssertionError("a batch holds at least one fix");
        }
        return new BatchResult(List.copyOf(judged), track);
    }
}
