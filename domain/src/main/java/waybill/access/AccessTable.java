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

/// The permissions of each role, for sockets, rooms and REST alike. What is not in the table is denied.
///
/// A cell lists the relations that permit the action. For an action that concerns no order, the relation is to the
/// store (with [Relation#STORE] for its merchant) or to the driver (with [Relation#DRIVER] to itself).
public final class AccessTable {

    /// For each role, the relations that permit `action`.
    private record Rule(
            Action action,
            Set<Relation> customer,
            Set<Relation> merchant,
            Set<Relation> driver,
            Set<Relation> admin,
            Set<Relation> support,
            Set<Relation> service) {

        /// A rule that denies the action to a service.
        Rule(
                Action action,
                Set<Relation> customer,
                Set<Relation> merchant,
                Set<Relation> driver,
                Set<Relation> admin,
                Set<Relation> support) {
            this(action, customer, merchant, driver, admin, support, NO);
        }
    }

    private static final Set<Relation> NO = Set.of();
    private static final Set<Relation> YES = EnumSet.allOf(Relation.class);
    private static final Set<Relation> OWN_ORDER = EnumSet.of(CUSTOMER);
    private static final Set<Relation> OWN_STORE = EnumSet.of(STORE);
    private static final Set<Relation> AS_DRIVER = EnumSet.of(DRIVER);
    private static final Set<Relation> UNASSIGNED = EnumSet.of(NONE, DRIVER);

    // spotless:off
    private static final List<Rule> TABLE = List.of(
            //       action               customer   merchant   driver      admin  support  service, if it may
            new Rule(PLACE_ORDER,         OWN_ORDER, OWN_STORE, NO,         YES,   NO),
            new Rule(VIEW_ORDER,          OWN_ORDER, OWN_STORE, AS_DRIVER,  YES,   YES),
            new Rule(SUBSCRIBE_TO_ORDER,  OWN_ORDER, OWN_STORE, AS_DRIVER,  YES,   YES),
            new Rule(LIST_ORDERS,         OWN_ORDER, OWN_STORE, AS_DRIVER,  YES,   YES),
            new Rule(CONFIRM_PAYMENT,     NO,        OWN_STORE, NO,         YES,   NO),  // not by the paying customer
            new Rule(ACCEPT,              NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(DECLINE,             NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(PREPARE,             NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(MARK_READY,          NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(SET_TIMES,           NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(ASSIGN_DRIVER,       NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(CLAIM,               NO,        NO,        UNASSIGNED, NO,    NO),  // an admin assigns instead
            new Rule(ARRIVE_AT_PICKUP,    NO,        OWN_STORE, AS_DRIVER,  YES,   NO),  // both see it
            new Rule(ARRIVE_AT_DROPOFF,   NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(ANSWER_OFFER,        NO,        NO,        UNASSIGNED, NO,    NO),
            new Rule(VIEW_OFFERS,         NO,        NO,        AS_DRIVER,  NO,    NO),  // those to the driver
            new Rule(HAND_BACK,           NO,        NO,        UNASSIGNED, YES,   NO),  // of another driver: a conflict
            new Rule(PICK_UP,             NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(START_TRANSIT,       NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(DELIVER,             NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(REQUIRE_PROOF,       NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(RECORD_PROOF,        NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(VIEW_PROOF,          OWN_ORDER, OWN_STORE, AS_DRIVER,  YES,   YES),
            new Rule(FAIL,                NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(RETURN,              NO,        OWN_STORE, AS_DRIVER,  YES,   NO),  // brought back, or received
            new Rule(CANCEL,              OWN_ORDER, OWN_STORE, NO,         YES,   YES),
            new Rule(SHARE_ORDER,         OWN_ORDER, OWN_STORE, AS_DRIVER,  YES,   YES),
            new Rule(REPORT_POSITION,     NO,        NO,        AS_DRIVER,  NO,    NO),  // the own position only
            new Rule(MANAGE_TRACKERS,     NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(SUBSCRIBE_TO_DRIVER, NO,        NO,        AS_DRIVER,  YES,   YES),
            new Rule(VIEW_DRIVERS,        NO,        NO,        NO,         YES,   YES),
            new Rule(SET_BUSINESS_STATUS, NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(VIEW_PRODUCTS,       YES,       YES,       YES,        YES,   YES),
            new Rule(SET_PRODUCTS,        NO,        OWN_STORE, NO,         YES,   NO),
            new Rule(SET_DRIVER_STATUS,   NO,        NO,        AS_DRIVER,  YES,   NO),
            new Rule(CREATE_COUPON,       NO,        NO,        NO,         YES,   NO),
            new Rule(SEND_NOTIFICATION,   NO,        NO,        NO,         YES,   YES),
            new Rule(EMIT,                NO,        NO,        NO,         YES,   NO,    YES),
            new Rule(REGISTER_DEVICE,     YES,       YES,       YES,        YES,   YES),
            new Rule(VIEW_QUEUES,         NO,        OWN_STORE, NO,         YES,   YES),
            new Rule(VIEW_LOG,            NO,        OWN_STORE, NO,         YES,   YES),
            new Rule(REPLAY_EVENTS,       NO,        NO,        NO,         YES,   NO),
            new Rule(VIEW_SOCKETS,        NO,        NO,        NO,         YES,   NO),
            new Rule(VIEW_PRESENCE,       NO,        NO,        NO,         YES,   YES),
            new Rule(VIEW_ALERTS,         NO,        NO,        NO,         YES,   YES),
            new Rule(VIEW_CALIBRATION,    NO,        NO,        NO,         YES,   YES),
            new Rule(VIEW_ANALYTICS,      NO,        NO,        NO,         YES,   YES),
            new Rule(VIEW_METRICS,        NO,        NO,        NO,         YES,   YES),
            new Rule(MANAGE_WEBHOOKS,     NO,        NO,        NO,         YES,   NO),
            new Rule(VIEW_JOBS,           NO,        NO,        NO,         YES,   YES),
            new Rule(REPLAY_JOBS,         NO,        NO,        NO,         YES,   NO),
            new Rule(REVOKE_USER,         NO,        NO,        NO,         YES,   NO),
            new Rule(SYNC,                YES,       YES,       YES,        YES,   YES));
    // spotless:on

    private static final Map<Action, Rule> ROWS = rows();

    private AccessTable() {}

    /// Whether `role` may do `action` on an object it has `relation` to. An action on the user's own data (a device,
    /// a mailbox) is checked with [Relation#NONE].
    public static boolean allows(Role role, Action action, Relation relation) {
        var row = ROWS.get(action);
        return row != null && requiredRelations(row, role).contains(relation);
    }

    private static Set<Relation> requiredRelations(Rule row, Role role) {
        return switch (role) {
            case CUSTOMER -> row.customer;
            case MERCHANT -> row.merchant;
            case DRIVER -> row.driver;
            case ADMIN -> row.admin;
            case SUPPORT -> row.support;
            case SERVICE -> row.service;
        };
    }

    private static Map<Action, Rule> rows() {
        var rows = new EnumMap<Action, Rule>(Action.class);
        TABLE.forEach(row -> rows.put(row.action, row));
        return rows;
    }
}
