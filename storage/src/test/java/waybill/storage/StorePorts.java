package waybill.storage;

import waybill.directory.Directory;
import waybill.mailbox.Checkpoints;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Receipts;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.OrderBook;

/// The ports of an empty store: what one test class for each implementation opens, and every contract is about.
interface StorePorts {

    String ACME = "acme-widgets";
    String FLOWERS = "1-800-flowers";

    Journal journal();

    EventLog log();

    OrderBook book();

    Mailboxes mailboxes();

    Receipts receipts();

    Checkpoints checkpoints();

    Directory directory();

    default Parcels parcels() {
        return new Parcels(journal());
    }
}
