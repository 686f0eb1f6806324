package waybill.eta;

import java.util.concurrent.CompletableFuture;

/// Finds how long a driver takes from one place to another, and the way there if it knows the roads. A port: a routing
/// service or a routing engine implements it, and the hub has an implementation without roads.
///
/// An implementation may be slow, wrong or down: the hub limits the time and the number of its requests, caches its
/// results, and falls back to its own.
@FunctionalInterface
public interface TravelTimeProvider extends AutoCloseable {

    /// Finds the travel. Never blocks and never throws, and may complete on any thread. It fails with a
    /// [NoWayException] if there is no way, and with another one if the provider cannot tell. Cancelling the future
    /// tells the provider that the result is of no use any more.
    CompletableFuture<Travel> find(TravelRequest request);

    /// Releases the threads, connections and files of the provider.
    @Override
    default void close() {}
}
