package waybill.hub.presence;

/// How many open connections there are of each kind, on all nodes together: the sockets of each channel, and the
/// streams
/// of public links, of each link and from each address. What is not in the log is sent for those that have any. A port.
public interface SocketCounts {

    /// The key of all streams of public links.
    String LINK_STREAMS = "link streams";

    void add(String key);

    /// Counts one more; false when there are `max` already.
    boolean add(String key, int max);

    void remove(String key);

    int count(String key);

    default boolean hasAny(String key) {
        return count(key) > 0;
    }
}
