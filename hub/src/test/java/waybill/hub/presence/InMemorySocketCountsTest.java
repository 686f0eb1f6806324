package waybill.hub.presence;

class InMemorySocketCountsTest implements SocketCountsContract {

    private final SocketCounts counts = new InMemorySocketCounts();

    @Override
    public SocketCounts here() {
        return counts;
    }

    @Override
    public SocketCounts there() {
        return counts;
    }

    @Override
    public void settle() {
        // both nodes have the same
    }
}
