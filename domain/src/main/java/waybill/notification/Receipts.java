package waybill.notification;

import java.util.Set;

/// Reads which receivers of an outbound job have been sent its message, while others have not: a retry leaves them
/// out. A port: `storage` implements it. [ReceiptWriter] changes them.
public interface Receipts {

    Set<String> listReceivers(long job);
}
