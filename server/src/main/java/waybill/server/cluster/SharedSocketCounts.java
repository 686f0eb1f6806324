package waybill.server.cluster;

import waybill.hub.presence.SocketCounts;

/// How many open connections there are of each kind on all nodes.
record SharedSocketCounts(SharedTable table) implements SocketCounts {

    @Override
    public void add(String key) {
        table.add(key, 0);
    }

    @Override
    public boolean add(String key, int max) {
        return max > 0 && table.add(key, max);
    }

    @Override
    public void remove(String key) {
        table.remove(key);
    }

    @Override
    public int count(String key) {
        return table.count(key);
    }
}
