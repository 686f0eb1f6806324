/// Rate limits. Each is the generic cell rate algorithm: a token bucket whose state is one number.
///
/// Start at [waybill.limit.RateLimit], the arithmetic. [waybill.limit.TokenBucket] is the bucket of one owner, and
/// [waybill.limit.RateLimiter] the port for one bucket per user, address or driver; those that hold for all nodes
/// together
/// are made by [waybill.limit.RateLimiters].
@NullMarked
package waybill.limit;

import org.jspecify.annotations.NullMarked;
