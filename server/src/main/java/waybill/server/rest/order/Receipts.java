package waybill.server.rest.order;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.hub.OrderReceipts;
import waybill.order.OrderQueries;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// Which recipients have received the events of an order, for administrators and support.
public final class Receipts implements OperationHandlers {

    private final OrderQueries orders;
    private final OrderReceipts receipts;

    public Receipts(OrderQueries orders, OrderReceipts receipts) {
        this.orders = orders;
        this.receipts = receipts;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("listOrderReceipts", this::list);
    }

    private RequestAction list(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_JOBS, Relation.NONE, "what was sent to recipients");
        var id = call.order();
        return new RequestAction.Read(() -> {
            OrderReads.requireVisible(orders, call, id);
            return ApiResponse.ok(JsonWriter.page("receipts", receipts.list(id), Receipts::write, Optional.empty()));
        });
    }

    private static void write(OrderReceipts.Receipt receipt, JsonGenerator json) throws IOException {
        json.writeNumberField("eventId", receipt.eventId());
        json.writeStringField("channel", receipt.channel());
        json.writeStringField("recipient", receipt.recipient());
        json.writeStringField("state", receipt.state());
        if (receipt.attempts() > 0) {
            json.writeNumberField("attempts", receipt.attempts());
        }
        JsonWriter.text(json, "at", receipt.at().map(JsonWriter::time));
        JsonWriter.text(json, "outcome", Optional.of(receipt.outcome()).filter(text -> !text.isEmpty()));
    }
}
