package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiters;

/// What every implementation of [RateLimiters] does, as two nodes see it.
public interface RateLimitersContract {

    int KEYS_MAX = 100;

    /// The port of a node.
    RateLimiters here();

    /// The same of another node.
    RateLimiters there();

    /// What one node has done is known to the other.
    void settle();

    /// The time of the nodes, which passes when they settle, and otherwise stands still.
    long nowMs();

    @Test
    default void aKeyHasOneBucketOnAllNodes() {
        var limit = RateLimit.perMinute(5);
        var here = here().of("pins", limit, KEYS_MAX);
        var there = there().of("pins", limit, KEYS_MAX);
        assertThat(here.acquire("order 1", 3, nowMs())).isZero();
        settle();
        assertThat(there.acquire("order 1", 3, nowMs())).isPositive();
        assertThat(there.acquire("order 1", 2, nowMs())).isZero();
        assertThat(there.acquire("order 2", 5, nowMs())).isZero();
        settle();
        assertThat(here.acquire("order 1", 1, nowMs())).isPositive();
        assertThat(here.acquire("order 2", 1, nowMs())).isPositive();
    }

    @Test
    default void whatWasRejectedIsTakenNowhere() {
        var limit = RateLimit.perMinute(5);
        var here = here().of("pins", limit, KEYS_MAX);
        var there = there().of("pins", limit, KEYS_MAX);
        for (var i = 0; i < 10; i++) {
            assertThat(here.acquire("order 1", 6, nowMs())).isPositive();
        }
        settle();
        assertThat(there.acquire("order 1", 5, nowMs())).isZero();
    }

    @Test
    default void theTimeToWaitIsThatOfAllNodes() {
        var limit = RateLimit.perMinute(2);
        var here = here().of("pins", limit, KEYS_MAX);
        var there = there().of("pins", limit, KEYS_MAX);
        here.acquire("order 1", 1, nowMs());
        there.acquire("order 1", 1, nowMs());
        settle();
        var waitMs = here.acquire("order 1", 1, nowMs());
        assertThat(waitMs).isBetween(25_000L, 30_000L);
        assertThat(here.acquire("order 1", 1, nowMs() + waitMs)).isZero();
    }

    @Test
    default void eachNameIsALimitOfItsOwn() {
        var limit = RateLimit.perMinute(1);
        assertThat(here().of("pins", limit, KEYS_MAX).acquire("key", nowMs())).isZero();
        assertThat(here().of("pins", limit, KEYS_MAX).acquire("key", nowMs()))
                .as("the same one")
                .isPositive();
        var links = there().of("links", limit, KEYS_MAX);
        settle();
        assertThat(links.acquire("key", nowMs())).isZero();
    }

    @Test
    default void zeroIsNoLimit() {
        var limiter = here().of("requests", RateLimit.perSecond(0), KEYS_MAX);
        for (var i = 0; i < 1_000; i++) {
            assertThat(limiter.acquire("key", nowMs())).isZero();
        }
    }
}
