package waybill.server.simulation;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of a simulation.
///
/// @param nodes of the hub
/// @param trace a hash over all that happened, the same for the same seed
/// @param arrivals of drivers at stops
/// @param offers how many offers to drivers were made by name, made to all, declined, accepted and closed
/// @param notices how many push messages and e-mails ended in each state
/// @param webhooks requests that reached the receiver of webhooks
/// @param violationOrNone what happened that must not
public record SimulationResult(
        long seed,
        int nodes,
        long trace,
        long steps,
        int events,
        long acknowledged,
        long received,
        int restarts,
        long arrivals,
        Map<String, Integer> offers,
        Map<String, Integer> notices,
        long webhooks,
        @Nullable String violationOrNone) {

    /// What happened that must not, and the command that runs it again.
    public Optional<String> violation() {
        return Optional.ofNullable(violationOrNone)
                .map(violation -> "seed " + seed + ", " + violation + "; run it again: ./waybill simulate --seeds 1"
                        + " --seed " + seed + (nodes == 1 ? "" : " --nodes " + nodes));
    }
}
