package waybill.hub.link;

import waybill.hub.link.LinkView.LinkEta;
import waybill.hub.link.LinkView.LinkPosition;
import waybill.order.OrderId;

/// Receives the positions and ETAs that public links show, of orders with and without a viewer. It never blocks.
public interface LinkUpdates {

    void onPosition(OrderId order, LinkPosition position);

    void onEta(OrderId order, LinkEta eta);
}
