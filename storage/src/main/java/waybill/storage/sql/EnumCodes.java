package waybill.storage.sql;

import waybill.messaging.Topic;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderState;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.tracking.FixStatus;

/// The numbers that stand for words in the tables. They are on operators' disks: never change one, only add.
public final class EnumCodes {

    private EnumCodes() {}

    static int encode(boolean flag) {
        return flag ? 1 : 0;
    }

    public static int encode(Channel channel) {
        return switch (channel) {
            case WEBHOOK -> 0;
            case PUSH -> 1;
            case MAIL -> 2;
        };
    }

    public static Channel decodeChannel(int code) {
        return switch (code) {
            case 0 -> Channel.WEBHOOK;
            case 1 -> Channel.PUSH;
            case 2 -> Channel.MAIL;
            default -> throw unknownCode("channel", code);
        };
    }

    public static int encode(JobState state) {
        return switch (state) {
            case PENDING -> 0;
            case DELIVERED -> 1;
            case SKIPPED -> 2;
            case DEAD -> 3;
        };
    }

    public static JobState decodeJobState(int code) {
        return switch (code) {
            case 0 -> JobState.PENDING;
            case 1 -> JobState.DELIVERED;
            case 2 -> JobState.SKIPPED;
            case 3 -> JobState.DEAD;
            default -> throw unknownCode("state of a job", code);
        };
    }

    public static int encode(Topic topic) {
        return switch (topic) {
            case PICKUP -> 0;
            case IN_TRANSIT -> 1;
            case DELIVERED -> 2;
        };
    }

    public static Topic decodeTopic(int code) {
        return switch (code) {
            case 0 -> Topic.PICKUP;
            case 1 -> Topic.IN_TRANSIT;
            case 2 -> Topic.DELIVERED;
            default -> throw unknownCode("topic", code);
        };
    }

    public static int encode(OrderState state) {
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

    static OrderState decodeState(int code) {
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
            default -> throw unknownCode("state", code);
        };
    }

    public static int encode(FixStatus verdict) {
        return switch (verdict) {
            case ACCEPTED -> 0;
            case STALE -> 1;
            case IMPLAUSIBLE -> 2;
        };
    }

    public static FixStatus decodeFixStatus(int code) {
        return switch (code) {
            case 0 -> FixStatus.ACCEPTED;
            case 1 -> FixStatus.STALE;
            case 2 -> FixStatus.IMPLAUSIBLE;
            default -> throw unknownCode("verdict", code);
        };
    }

    /// 0 when nothing is paid, 1 when all is, and otherwise one more than what is paid.
    public static long encodePaid(Order order) {
        if (order.paidMinorUnits() == 0) {
            return 0;
        }
        return order.isPaid() ? 1 : order.paidMinorUnits() + 1;
    }

    static long decodePaid(long code, OrderDetails details) {
        return code == 1 ? details.total().map(Money::minorUnits).orElse(1L) : Math.max(0, code - 1);
    }

    static IllegalStateException unknownCode(String what, Object code) {
        return new IllegalStateException(what + ": " + code + " (expected: one that this version knows)");
    }
}
