package waybill.notification;

import static waybill.notification.Trigger.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.access.Role;
import waybill.outbound.Channel;

/// By which channels each role is told of each trigger. What is not in the table is not sent.
public final class TriggerTable {

    /// For each role, the channels of `trigger`.
    private record Row(
            Trigger trigger, Set<Channel> customer, Set<Channel> merchant, Set<Channel> driver, Set<Channel> staff) {}

    private static final Set<Channel> NO = Set.of();
    private static final Set<Channel> PUSH = EnumSet.of(Channel.PUSH);
    private static final Set<Channel> MAIL = EnumSet.of(Channel.MAIL);
    private static final Set<Channel> BOTH = EnumSet.of(Channel.PUSH, Channel.MAIL);

    // spotless:off
    private static final List<Row> TABLE = List.of(
            //      trigger           customer merchant driver staff
            new Row(ORDER_PLACED,     MAIL,    PUSH,    NO,    NO),
            new Row(PAYMENT_RECEIVED, BOTH,    PUSH,    NO,    NO),
            new Row(ORDER_ACCEPTED,   PUSH,    NO,      NO,    NO),
            new Row(ORDER_READY,      PUSH,    NO,      PUSH,  NO),
            new Row(DRIVER_ASSIGNED,  PUSH,    NO,      PUSH,  NO),
            new Row(DRIVER_REMOVED,   NO,      NO,      PUSH,  NO),
            new Row(ORDER_PICKED_UP,  PUSH,    PUSH,    NO,    NO),
            new Row(ORDER_IN_TRANSIT, PUSH,    NO,      NO,    NO),
            new Row(DRIVER_ARRIVING,  PUSH,    NO,      NO,    NO),
            new Row(DRIVER_ARRIVED,   PUSH,    NO,      NO,    NO),
            new Row(ORDER_DELAYED,    PUSH,    NO,      NO,    NO),
            new Row(ORDER_DELIVERED,  BOTH,    PUSH,    NO,    NO),
            new Row(ORDER_CANCELLED,  BOTH,    PUSH,    PUSH,  NO),
            new Row(ORDER_DECLINED,   BOTH,    NO,      NO,    NO),
            new Row(ORDER_EXPIRED,    BOTH,    PUSH,    NO,    NO),
            new Row(ORDER_FAILED,     BOTH,    PUSH,    NO,    NO),
            new Row(ORDER_RETURNED,   BOTH,    PUSH,    NO,    NO),
            new Row(DELIVERY_OFFERED, NO,      NO,      PUSH,  NO),
            new Row(NOTIFICATION,     PUSH,    PUSH,    PUSH,  PUSH));
    // spotless:on

    private static final Map<Trigger, Row> ROWS = rows();

    private TriggerTable() {}

    private static Map<Trigger, Row> rows() {
        var rows = new EnumMap<Trigger, Row>(Trigger.class);
        TABLE.forEach(row -> rows.put(row.trigger, row));
        return rows;
    }

    public static Set<Channel> channels(Trigger trigger, Role role) {
        var row = ROWS.get(trigger);
        if (row == null) {
            return NO;
        }
        return switch (role) {
            case CUSTOMER -> row.customer;
            case MERCHANT -> row.merchant;
            case DRIVER -> row.driver;
            case ADMIN, SUPPORT, SERVICE -> row.staff;
        };
    }
}
