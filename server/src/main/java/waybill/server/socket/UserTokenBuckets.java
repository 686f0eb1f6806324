package waybill.server.socket;

import java.util.LinkedHashMap;

/// How often each user may do something in a second, over all of its sockets. A monitor of a few lines.
public final class UserTokenBuckets {

    /// Users that are remembered. Beyond that the one that did nothing for longest is forgotten.
    static final int REMEMBERED_MAX = 10_000;

    private static final long SECOND_MS = 1_000;

    private final int perSecond;
    private final LinkedHashMap<String, TokenBucket> buckets = new LinkedHashMap<>();

    /// 0 is no limit at all.
    public UserTokenBuckets(int perSecond) {
        this.perSecond = perSecond;
    }

    /// False when it is spent.
    public synchronized boolean take(String user, long nowMs) {
        if (perSecond == 0) {
            return true;
        }
        var known = buckets.get(user);
        var bucket = known == null ? new TokenBucket(perSecond, SECOND_MS, nowMs) : known;
        buckets.putLast(user, bucket);
        if (buckets.size() > REMEMBERED_MAX) {
            buckets.pollFirstEntry();
        }
        return bucket.take(nowMs);
    }

    /// When it is worth trying again for a user whose bucket is spent.
    public synchronized long retryAfterMs(String user) {
        var bucket = buckets.get(user);
        return bucket == null ? 0 : bucket.retryAfterMs();
    }
}
