package waybill.storage;

import waybill.mailbox.Topic;
import waybill.order.Details;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderState;
import waybill.tracking.Verdict;

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
            case PENDING -> 1;
            case PAYMENT_CONFIRMED -> 2;
            case ACCEPTED -> 3;
            case PREPARING -> 4;
            case READY_FOR_PICKUP -> 5;
            case ASSIGNED_TO_DRIVER -> 6;
            case PICKED_UP -> 7;
            case IN_TRANSIT -> 8;
            case DELIVERED -> 9;
            case CANCELLED -> 10;
            case DECLINED -> 11;
            case EXPIRED -> 12;
            case FAILED -> 13;
            case RETURNED -> 14;
        };
    }

    static OrderState state(int code) {
        return switch (code) {
            case 0 -> OrderState.NEW;
            case 1 -> OrderState.PENDING;
            case 2 -> OrderState.PAYMENT_CONFIRMED;
            case 3 -> OrderState.ACCEPTED;
            case 4 -> OrderState.PREPARING;
            case 5 -> OrderState.READY_FOR_PICKUP;
            case 6 -> OrderState.ASSIGNED_TO_DRIVER;
            case 7 -> OrderState.PICKED_UP;
            case 8 -> OrderState.IN_TRANSIT;
            case 9 -> OrderState.DELIVERED;
            case 10 -> OrderState.CANCELLED;
            case 11 -> OrderState.DECLINED;
            case 12 -> OrderState.EXPIRED;
            case 13 -> OrderState.FAILED;
            case 14 -> OrderState.RETURNED;
            default -> throw unknown("state", code);
        };
    }

    static int of(Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> 0;
            case STALE -> 1;
            case IMPLAUSIBLE -> 2;
        };
    }

    static Verdict verdict(int code) {
        return switch (code) {
            case 0 -> Verdict.ACCEPTED;
            case 1 -> Verdict.STALE;
            case 2 -> Verdict.IMPLAUSIBLE;
            default -> throw unknown("verdict", code);
        };
    }

    /// 0 when nothing is paid, 1 when all is, and otherwise one more than what is paid.
    static long ofPaid(Order order) {
        if (order.paid() == 0) {
            return 0;
        }
        return order.isPaid() ? 1 : order.paid() + 1;
    }

    static long paid(long code, Details details) {
        return code == 1 ? details.total().map(Money::minor).orElse(1L) : Math.max(0, code - 1);
    }

    static IllegalStateException unknown(String what, Object code) {
        return new IllegalStateException(what + ": " + code + " (expected: one that this version knows)");
    }
}
