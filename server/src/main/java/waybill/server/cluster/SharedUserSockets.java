package waybill.server.cluster;

import java.util.List;
import waybill.access.UserId;
import waybill.hub.presence.UserSockets;

/// How many sockets each user has on all nodes. A user that connects to several nodes within a tenth of a second may
/// have one socket too many on each.
record SharedUserSockets(SharedTable table) implements UserSockets {

    @Override
    public boolean add(UserId user, int max) {
        return table.add(user.toString(), max);
    }

    @Override
    public void remove(UserId user) {
        table.remove(user.toString());
    }

    @Override
    public int count(UserId user) {
        return table.count(user.toString());
    }

    @Override
    public int users() {
        return table.keyCount();
    }

    @Override
    public List<String> userIds(int max) {
        return table.keys().limit(max).map(key -> UserId.parse(key).id()).toList();
    }
}
