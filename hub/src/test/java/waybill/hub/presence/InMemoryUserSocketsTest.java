package waybill.hub.presence;

class InMemoryUserSocketsTest implements UserSocketsContract {

    private final UserSockets sockets = new InMemoryUserSockets();

    @Override
    public UserSockets here() {
        return sockets;
    }

    @Override
    public UserSockets there() {
        return sockets;
    }

    @Override
    public void settle() {
        // both nodes have the same
    }
}
