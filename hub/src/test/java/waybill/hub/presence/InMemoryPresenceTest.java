package waybill.hub.presence;

class InMemoryPresenceTest implements PresenceContract {

    private final Presence presence = new InMemoryPresence();

    @Override
    public Presence here() {
        return presence;
    }

    @Override
    public Presence there() {
        return presence;
    }

    @Override
    public void settle() {
        // both nodes have the same
    }
}
