package waybill.access;

import static waybill.access.Action.*;
import static waybill.access.Relation.CUSTOMER;
import static waybill.access.Relation.DRIVER;
import static waybill.access.Relation.NONE;
import static waybill.access.Relation.STORE;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may do what, as a table: for sockets, rooms and REST alike. What is not in it is denied.
///
/// A cell names the relations that are enough. Where nobody's order is meant, the relation is to what is meant: a store
/// (its merchant has [Relation#STORE] to it) or a driver (who has [Relation#DRIVER] to itself).
public final class Access {

    /// Who may do `action`: for each role, the relations that are enough.
    private record Row(
            Action action,
            Set<Relation> customer,
            Set<Relation> merchant,
            Set<Relation> driver,
            Set<Relation> admin,
            Set<Relation> support) {}

    private static final Set<Relation> NO = Set.of();
    private static final Set<Relation> YES = EnumSet.allOf(Relation.class);
    private static final Set<Relation> OWN = EnumSet.of(CUSTOMER);
    private static final Set<Relation> STORES = EnumSet.of(STORE);
    private static final Set<Relation> DRIVES = EnumSet.of(DRIVER);
    private static final Set<Relation> OPEN = EnumSet.of(NONE, DRIVER);

    // spotless:off
    private static final List<Row> TABLE = List.of(
            //      action               customer  merchant  driver   admin  support
            new Row(PLACE_ORDER,         OWN,      STORES,   NO,      YES,   NO),
            new Row(VIEW_ORDER,          OWN,      STORES,   DRIVES,  YES,   YES),
            new Row(WATCH_ORDER,         OWN,      STORES,   DRIVES,  YES,   YES),
            new Row(LIST_ORDERS,         OWN,      STORES,   DRIVES,  YES,   YES),
            new Row(CONFIRM_PAYMENT,     NO,       STORES,   NO,      YES,   NO),  // who owes does not say that it is paid
            new Row(ACCEPT,              NO,       STORES,   NO,      YES,   NO),
            new Row(DECLINE,             NO,       STORES,   NO,      YES,   NO),
            new Row(PREPARE,             NO,       STORES,   NO,      YES,   NO),
            new Row(MARK_READY,          NO,       STORES,   NO,      YES,   NO),
            new Row(ASSIGN_DRIVER,       NO,       STORES,   NO,      YES,   NO),
            new Row(CLAIM,               NO,       NO,       OPEN,    NO,    NO),  // an admin assigns instead
            new Row(PICK_UP,             NO,       NO,       DRIVES,  YES,   NO),
            new Row(DEPART,              NO,       NO,       DRIVES,  YES,   NO),
            new Row(DELIVER,             NO,       NO,       DRIVES,  YES,   NO),
            new Row(FAIL,                NO,       NO,       DRIVES,  YES,   NO),
            new Row(RETURN,              NO,       STORES,   DRIVES,  YES,   NO),  // who brings it back, or who gets it
            new Row(CANCEL,              OWN,      STORES,   NO,      YES,   YES),
            new Row(SEND_POSITION,       NO,       NO,       DRIVES,  NO,    NO),  // nobody says where another is
            new Row(WATCH_DRIVER,        NO,       NO,       DRIVES,  YES,   YES),
            new Row(VIEW_DRIVERS,        NO,       NO,       NO,      YES,   YES),
            new Row(SET_BUSINESS_STATUS, NO,       STORES,   NO,      YES,   NO),
            new Row(VIEW_PRODUCTS,       YES,      YES,      YES,     YES,   YES),
            new Row(SET_PRODUCTS,        NO,       STORES,   NO,      YES,   NO),
            new Row(SET_DRIVER_STATUS,   NO,       NO,       DRIVES,  NO,    NO),
            new Row(MAKE_OFFER,          NO,       NO,       NO,      YES,   NO),
            new Row(NOTIFY,              NO,       NO,       NO,      YES,   YES),
            new Row(REGISTER_DEVICE,     YES,      YES,      YES,     YES,   YES),
            new Row(VIEW_QUEUES,         NO,       STORES,   NO,      YES,   YES),
            new Row(VIEW_LOG,            NO,       STORES,   NO,      YES,   YES),
            new Row(VIEW_SOCKETS,        NO,       NO,       NO,      YES,   NO),
            new Row(VIEW_METRICS,        NO,       NO,       NO,      YES,   YES),
            new Row(REVOKE_USER,         NO,       NO,       NO,      YES,   NO),
            new Row(SYNC,                YES,      YES,      YES,     YES,   YES));
    // spotless:on

    private static final Map<Action, Row> ROWS = rows();

    private Access() {}

    /// Whether somebody of this role may do `action` to what they have this relation to. What is about nothing but
    /// oneself (a device, a mailbox) is asked about with [Relation#NONE].
    public static boolean allows(Role role, Action action, Relation relation) {
        var row = ROWS.get(action);
        return row != null && enough(row, role).contains(relation);
    }

    private static Set<Relation> enough(Row row, Role role) {
        return switch (role) {
            case CUSTOMER -> row.customer;
            case MERCHANT -> row.merchant;
            case DRIVER -> row.driver;
            case ADMIN -> row.admin;
            case SUPPORT -> row.support;
        };
    }

    private static Map<Action, Row> rows() {
        var rows = new EnumMap<Action, Row>(Action.class);
        TABLE.forEach(row -> rows.put(row.action, row));
        return rows;
    }
}
