package waybill.hub.presence;

/// Which channels have a socket, on any node: what is not in the log is rendered for those. A port.
public interface SocketCounts {

    void add(String channel);

    void remove(String channel);

    boolean hasAny(String channel);
}
