package waybill.storage;

import waybill.directory.Directory;
import waybill.mailbox.Checkpoints;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Receipts;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.OrderBook;
import waybill.tracking.TrackLog;

/// The simple one keeps the contracts too, so they say what any store does and not what SQLite happens to do.
class InMemoryStoreTest
        implements StoreContract, PickupContract, OrderBookContract, NewsContract, DirectoryContract, TrackLogContract {

    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryTrackLog tracks = new InMemoryTrackLog();

    @Override
    public Journal journal() {
        return store;
    }

    @Override
    public EventLog log() {
        return store;
    }

    @Override
    public OrderBook book() {
        return store;
    }

    @Override
    public Mailboxes mailboxes() {
        return store;
    }

    @Override
    public Checkpoints checkpoints() {
        return store;
    }

    @Override
    public Receipts receipts() {
        return store;
    }

    @Override
    public Directory directory() {
        return store;
    }

    @Override
    public TrackLog tracks() {
        return tracks;
    }
}
