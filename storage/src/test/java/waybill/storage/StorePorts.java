package waybill.storage;

import waybill.directory.Directory;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmations;
import waybill.messaging.MessageQueues;
import waybill.order.OrderQueries;

/// The ports of an empty store: what one test class for each implementation opens, and every contract is about.
interface StorePorts {

    String ACME = "acme-widgets";
    String FLOWERS = "1-800-flowers";

    Journal journal();

    EventLog eventLog();

    OrderQueries orderQueries();

    MessageQueues messageQueues();

    Confirmations confirmations();

    ClientCheckpoints clientCheckpoints();

    Directory directory();

    default OrderFixture orderFixture() {
        return new OrderFixture(journal());
    }
}
