package waybill.limit;

/// The limits that hold for all nodes together, such as on guesses, each under its name. A port.
@FunctionalInterface
public interface RateLimiters {

    /// The limiter of that name.
    ///
    /// @param name the same on every node
    /// @param keysMax keys that a node has in memory; with one more, the least recently seen is evicted
    RateLimiter<String> of(String name, RateLimit limit, int keysMax);
}
