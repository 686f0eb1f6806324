package waybill.storage;

import waybill.directory.Directory;
import waybill.dispatch.DecisionQueries;
import waybill.eta.EtaModelStore;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.journal.OpenAlerts;
import waybill.link.LinkQueries;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmations;
import waybill.messaging.MessageQueues;
import waybill.notification.Receipts;
import waybill.order.OrderQueries;
import waybill.outbound.OutboundJobs;
import waybill.outbound.WebhookEndpoints;
import waybill.tracking.TrackLog;

/// The simple one keeps the contracts too, so they say what any store does and not what SQLite happens to do.
class InMemoryStoreTest
        implements TransactionContract,
                StoreContract,
                MessageQueueContract,
                PickupQueueContract,
                OrderQueriesContract,
                OrderSearchContract,
                RandomOrderSearchContract,
                OfferContract,
                DecisionContract,
                IntegrationContract,
                OutboundJobContract,
                OutboundJobListContract,
                LeaseContract,
                LinkContract,
                EventDeliveryContract,
                ConfirmationsContract,
                DirectoryContract,
                DeviceContract,
                HubEventContract,
                OrderHistoryContract,
                CheckpointContract,
                TrackLogContract {

    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryTrackLog tracks = new InMemoryTrackLog();

    @Override
    public Journal journal() {
        return store;
    }

    @Override
    public EventLog eventLog() {
        return store;
    }

    @Override
    public OrderQueries orderQueries() {
        return store.orderQueries();
    }

    @Override
    public MessageQueues messageQueues() {
        return store.messageQueues();
    }

    @Override
    public OpenAlerts openAlerts() {
        return store::openAlerts;
    }

    @Override
    public DecisionQueries decisions() {
        return store;
    }

    @Override
    public OutboundJobs outboundJobs() {
        return store.outboundJobs();
    }

    @Override
    public LinkQueries links() {
        return store::findLink;
    }

    @Override
    public WebhookEndpoints webhooks() {
        return store.webhooks();
    }

    @Override
    public EtaModelStore etaModel() {
        return store::findEtaModel;
    }

    @Override
    public Receipts receipts() {
        return store;
    }

    @Override
    public ClientCheckpoints clientCheckpoints() {
        return store;
    }

    @Override
    public Confirmations confirmations() {
        return store;
    }

    @Override
    public Directory directory() {
        return store.directory();
    }

    @Override
    public TrackLog trackLog() {
        return tracks;
    }
}
