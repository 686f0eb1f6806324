package waybill.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import waybill.directory.Directory;
import waybill.dispatch.DecisionQueries;
import waybill.eta.EtaModelStore;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;
import waybill.link.LinkQueries;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmations;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.notification.Receipts;
import waybill.order.OrderQueries;
import waybill.outbound.OutboundJobs;
import waybill.outbound.WebhookEndpoints;

/// The ports of an empty store: what one test class for each implementation opens, and every contract is about.
interface StorePorts {

    String ACME = "acme-widgets";
    String FLOWERS = "1-800-flowers";

    /// Reads what waits for all readers.
    String NO_READER = "no-reader";

    Journal journal();

    EventLog eventLog();

    OrderQueries orderQueries();

    MessageQueues messageQueues();

    Confirmations confirmations();

    ClientCheckpoints clientCheckpoints();

    Receipts receipts();

    Directory directory();

    EtaModelStore etaModel();

    DecisionQueries decisions();

    OutboundJobs outboundJobs();

    LinkQueries links();

    WebhookEndpoints webhooks();

    /// Runs a task that results in the provisional sequence of an event; the future has its sequence.
    default CompletableFuture<Long> submitEvent(Journal.Task<Long> task) {
        return journal().submit(new Transaction<>(List.of(), work -> {
            var sequence = task.run(work);
            return sequences -> sequences.of(sequence);
        }));
    }

    default OrderFixture orderFixture() {
        return new OrderFixture(journal());
    }

    /// Runs a task to its commit.
    default void write(Consumer<UnitOfWork> work) {
        journal()
                .submit(ledger -> {
                    work.accept(ledger);
                    return true;
                })
                .join();
    }

    /// The messages that wait for all readers.
    default List<String> listMessages(Queue queue) {
        return listMessagesFor(NO_READER, queue);
    }

    /// The messages that wait for this reader.
    default List<String> listMessagesFor(String reader, Queue queue) {
        return messageQueues().listMessages(queue, reader, 0, Long.MAX_VALUE, 100).stream()
                .map(QueuedMessage::messageId)
                .toList();
    }
}
