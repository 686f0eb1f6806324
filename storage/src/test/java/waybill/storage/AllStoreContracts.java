package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.directory.Business;
import waybill.directory.Directory;
import waybill.directory.StoredResponse;
import waybill.dispatch.DecisionQueries;
import waybill.eta.EtaModelStore;
import waybill.hub.HubCommands;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.journal.OpenAlerts;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.link.LinkQueries;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmations;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.notification.Receipts;
import waybill.order.Actor;
import waybill.order.OrderCommand;
import waybill.order.OrderQueries;
import waybill.outbound.Channel;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;
import waybill.outbound.WebhookEndpoints;
import waybill.tracking.TrackLog;

/// What a store does on each database. A test class for each opens one.
abstract class AllStoreContracts
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

    @SuppressWarnings("NullAway.Init")
    Store store;

    /// Opens the store that the former one has left, an empty one before the first.
    abstract Store openStore();

    @BeforeEach
    void open() {
        store = openStore();
    }

    private void reopen() {
        store.close();
        store = openStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Journal journal() {
        return store.journal();
    }

    @Override
    public EventLog eventLog() {
        return store.eventLog();
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
        return store.openAlerts();
    }

    @Override
    public DecisionQueries decisions() {
        return store.decisions();
    }

    @Override
    public OutboundJobs outboundJobs() {
        return store.outboundJobs();
    }

    @Override
    public LinkQueries links() {
        return store.links();
    }

    @Override
    public WebhookEndpoints webhooks() {
        return store.webhooks();
    }

    @Override
    public EtaModelStore etaModel() {
        return store.etaModel();
    }

    @Override
    public Receipts receipts() {
        return store.receipts();
    }

    @Override
    public ClientCheckpoints clientCheckpoints() {
        return store.clientCheckpoints();
    }

    @Override
    public Confirmations confirmations() {
        return store.confirmations();
    }

    @Override
    public Directory directory() {
        return store.directory();
    }

    @Override
    public TrackLog trackLog() {
        return store.trackLog();
    }

    @Test
    void dataSurvivesARestart() {
        orderFixture().place(ACME, "m1").join();
        orderFixture().place(ACME, "m2").join();
        reopen();
        assertThat(eventLog().listAfter(0, 10))
                .extracting(OrderFixture::messageId)
                .containsExactly("m1", "m2");
        assertThat(OrderFixture.eventId(orderFixture().place(ACME, "m3").join()))
                .isEqualTo(3);
    }

    @Test
    void eventsReadTheSameAfterARestart() {
        orderFixture()
                .place(ACME, "m1", OrderQueriesContract.PIZZA, OrderFixture.NOON)
                .join();
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.Accept(), OrderFixture.storeActor(ACME))
                .join();
        orderFixture()
                .handle(ACME, "m1", new OrderCommand.MarkReady(), OrderFixture.storeActor(ACME))
                .join();
        orderFixture().deliver(ACME, "m1", OrderFixture.KARI).join();
        var told = eventLog().listAfter(0, 100);
        reopen();
        assertThat(eventLog().listAfter(0, 100)).isEqualTo(told);
        assertThat(eventLog().listHistory(OrderFixture.id(ACME, "m1"))).isEqualTo(told);
        assertThat(orderQueries().findOrder(OrderFixture.id(ACME, "m1")))
                .isEqualTo(told.getLast().order());
        var next = orderFixture()
                .place(ACME, "m2", OrderQueriesContract.PIZZA, OrderFixture.NOON)
                .join();
        assertThat(OrderFixture.place(next).number()).isEqualTo("WB-20260101-0002");
    }

    @Test
    void aResponseSurvivesARestart() {
        var answer = new StoredResponse("f", 201, "{}");
        journal()
                .submit(ledger -> {
                    StoredResponses.save(ledger, DirectoryContract.NILS, "k1", answer, OrderFixture.NOON);
                    return true;
                })
                .join();
        reopen();
        assertThat(StoredResponses.find(journal(), DirectoryContract.NILS, "k1"))
                .contains(answer);
    }

    @Test
    void whatFollowsFromAnEventIsCommittedWithIt() {
        store.onAppend((work, entry) ->
                work.addJob(new NewJob(Channel.WEBHOOK, "hooks", "placed", entry.sequence(), entry.receivedAt())));
        orderFixture().place(ACME, "m1").join();
        CompletableFuture<Boolean> failed = journal().submit(work -> {
            HubCommands.setBusinessOpen(work, Business.withDefaults(ACME), Actor.HUB, OrderFixture.NOON);
            throw new IllegalStateException("a bug");
        });
        assertThat(failed.handle((_, thrown) -> thrown).join()).isNotNull();
        orderFixture().place(ACME, "m2").join();

        assertThat(outboundJobs().listJobs(Channel.WEBHOOK, "hooks", Long.MAX_VALUE, 10))
                .extracting(OutboundJob::sequence)
                .containsExactly(2L, 1L);
    }

    @Test
    void jobsSurviveARestart() {
        addJob("a", 1);
        lease(Duration.ofMinutes(1), OutboundJobSteps.NODE, 1L);
        var before = outboundJobs().listJobs(Channel.WEBHOOK, "a", Long.MAX_VALUE, 10);
        reopen();
        assertThat(outboundJobs().listJobs(Channel.WEBHOOK, "a", Long.MAX_VALUE, 10))
                .hasSize(1)
                .isEqualTo(before);
    }

    @Test
    void closingIsIdempotent() {
        store.close();
        reopen();
    }

    @Test
    void anOrderThatABatchHasEndedIsNotReadAsItWasLoaded() {
        orderFixture().place(ACME, "m1").join();
        reopen(); // with no order in memory
        var cancel =
                orderFixture().request(ACME, "m1", new OrderCommand.Cancel("closed"), OrderFixture.storeActor(ACME));
        var reads = List.<Read>of(new Read.OfOrder(OrderFixture.id(ACME, "m1")), new Read.OfStoreReference(ACME, "m1"));

        var again = journal()
                .submit(new Transaction<>(reads, work -> {
                    orderFixture().handler().handleInTransaction(work, cancel);
                    work.deleteMessage(new Queue(ACME, Topic.DELIVERED), "m1"); // writes what was changed until now
                    var outcome = orderFixture().handler().handleInTransaction(work, cancel);
                    return _ -> outcome;
                }))
                .join();

        assertThat(again).isInstanceOf(OrderResult.Duplicate.class);
        assertThat(eventLog().lastSequence()).isEqualTo(2);
    }
}
