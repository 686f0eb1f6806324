package waybill.hub;

import waybill.order.OrderCommand;

/// The memory that a queued command holds.
final class CommandSize {

    private static final int BYTES_PER_ITEM = 200;

    private CommandSize() {}

    /// About how many bytes of memory a queued command holds.
    static long estimatedBytes(OrderCommand command) {
        return switch (command) {
            case OrderCommand.Place place ->
                place.details().document().length()
                        + (long) place.details().items().size() * BYTES_PER_ITEM;
            case OrderCommand.CollectParcel(var _, var document) -> document.length();
            case OrderCommand.DeliverParcel(var _, var document) -> document.length();
            case OrderCommand.Pay _,
                    OrderCommand.Accept _,
                    OrderCommand.Decline _,
                    OrderCommand.Expire _,
                    OrderCommand.Prepare _,
                    OrderCommand.MarkReady _,
                    OrderCommand.Assign _,
                    OrderCommand.Claim _,
                    OrderCommand.HandBack _,
                    OrderCommand.PickUp _,
                    OrderCommand.StartTransit _,
                    OrderCommand.Deliver _,
                    OrderCommand.Cancel _,
                    OrderCommand.Fail _,
                    OrderCommand.Return _,
                    OrderCommand.ScanParcel _,
                    OrderCommand.RecordProof _,
                    OrderCommand.ArrivalReport _,
                    OrderCommand.OnOffer _,
                    OrderCommand.OnTimes _ -> 0;
        };
    }
}
