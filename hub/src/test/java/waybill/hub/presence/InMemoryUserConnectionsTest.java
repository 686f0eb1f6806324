package waybill.hub.presence;

import java.util.List;
import java.util.stream.Stream;
import waybill.access.UserId;

class InMemoryUserConnectionsTest implements UserConnectionsContract {

    private final UserConnections connections = new InMemoryUserConnections();

    @Override
    public UserConnections here() {
        return connections;
    }

    @Override
    public UserConnections there() {
        return connections;
    }

    @Override
    public void add(UserConnections node, UserId user, List<UserConnection> sockets) {
        node.add(asked -> asked.equals(user) ? sockets.stream() : Stream.of());
    }

    @Override
    public void settle() {
        // both nodes have the same
    }
}
