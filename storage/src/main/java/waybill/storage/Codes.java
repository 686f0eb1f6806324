package waybill.storage;

import waybill.mailbox.Topic;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// The numbers that stand for words in the tables. They are on somebody's disk: never change one, only add.
final class Codes {

    private Codes() {}

    static int of(Topic topic) {
        return switch (topic) {
            case PICKUP -> 0;
            case IN_TRANSIT -> 1;
            case DELIVERED -> 2;
        };
    }

    static Topic topic(int code) {
        return switch (code) {
            case 0 -> Topic.PICKUP;
            case 1 -> Topic.IN_TRANSIT;
            case 2 -> Topic.DELIVERED;
            default -> throw unknown("topic", code);
        };
    }

    static int of(OrderState state) {
        return switch (state) {
            case NEW -> 0;
            case READY_FOR_PICKUP -> 1;
            case IN_TRANSIT -> 2;
            case DELIVERED -> 3;
        };
    }

    static OrderState state(int code) {
        return switch (code) {
            case 0 -> OrderState.NEW;
            case 1 -> OrderState.READY_FOR_PICKUP;
            case 2 -> OrderState.IN_TRANSIT;
            case 3 -> OrderState.DELIVERED;
            default -> throw unknown("state", code);
        };
    }

    static int of(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Placed _ -> 0;
            case OrderEvent.Collected _ -> 1;
            case OrderEvent.HandedOver _ -> 2;
            case OrderEvent.Delivered _ -> 3;
        };
    }

    static OrderEvent event(int code, String payload) {
        return switch (code) {
            case 0 -> new OrderEvent.Placed(payload);
            case 1 -> new OrderEvent.Collected(payload);
            case 2 -> new OrderEvent.HandedOver(payload);
            case 3 -> new OrderEvent.Delivered(payload);
            default -> throw unknown("kind of event", code);
        };
    }

    private static IllegalStateException unknown(String what, int code) {
        return new IllegalStateException(what + ": " + code + " (expected: one that this version knows)");
    }
}
