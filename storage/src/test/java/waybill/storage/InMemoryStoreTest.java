package waybill.storage;

import waybill.mailbox.Mailboxes;
import waybill.order.EventLog;
import waybill.order.Journal;

/// The simple one keeps the contract too, so the contract says what any store does and not what SQLite happens to do.
class InMemoryStoreTest implements StoreContract {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    public Journal journal() {
        return store;
    }

    @Override
    public EventLog log() {
        return store;
    }

    @Override
    public Mailboxes mailboxes() {
        return store;
    }
}
