package waybill.storage.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.order.Actor;
import waybill.order.Event;
import waybill.order.HubEvent;
import waybill.order.Money;
import waybill.order.NodeEvent;
import waybill.order.OrderEvent;
import waybill.order.Stop;

/// What there is to an event besides the columns that all of them have. The numbers of the kinds are on
/// operators' disks: never change one, only add.
public final class EventJson {

    public static final int PLACED = 0;
    static final int PAID = 1;
    static final int ASSIGNED = 2;
    public static final int STATE_CHANGED = 3;
    static final int DRIVER_TAKEN_OVER = 4;
    private static final int BUSINESS_STATUS_CHANGED = 5;
    private static final int DRIVER_STATUS_CHANGED = 6;
    private static final int USER_NOTIFIED = 7;
    private static final int COUPON_CREATED = 8;
    private static final int TOKENS_REVOKED = 9;
    private static final int EVENT_CONFIRMED = 10;
    static final int OFFERED = 11;
    static final int OFFER_DECLINED = 12;
    static final int OFFER_CLOSED = 13;

    static final int HANDED_BACK = 20;

    static final int TIMES_SET = 50;
    static final int DELAYED = 51;
    static final int DELAY_ENDED = 52;
    static final int BACKEND_EMITTED = 100;
    static final int ALERT_OPENED = 101;
    static final int ALERT_CLEARED = 102;

    static final int DRIVER_ARRIVING = 40;
    static final int DRIVER_ARRIVED = 41;
    static final int ARRIVAL_CORRECTED = 42;

    static final int LINK_SHARED = 90;
    static final int LINKS_REVOKED = 91;
    static final int PROOF_RECORDED = 60;

    private EventJson() {}

    public static int kind(Event event) {
        return switch (event) {
            case OrderEvent.Placed _ -> PLACED;
            case OrderEvent.Paid _ -> PAID;
            case OrderEvent.Assigned _ -> ASSIGNED;
            case OrderEvent.StateChanged _ -> STATE_CHANGED;
            case OrderEvent.DriverTakenOver _ -> DRIVER_TAKEN_OVER;
            case OrderEvent.DriverArriving _ -> DRIVER_ARRIVING;
            case OrderEvent.DriverArrived _ -> DRIVER_ARRIVED;
            case OrderEvent.ArrivalCorrected _ -> ARRIVAL_CORRECTED;
            case OrderEvent.HandedBack _ -> HANDED_BACK;
            case OrderEvent.Offered _ -> OFFERED;
            case OrderEvent.OfferDeclined _ -> OFFER_DECLINED;
            case OrderEvent.OfferClosed _ -> OFFER_CLOSED;
            case HubEvent.BusinessStatusChanged _ -> BUSINESS_STATUS_CHANGED;
            case HubEvent.DriverStatusChanged _ -> DRIVER_STATUS_CHANGED;
            case HubEvent.UserNotified _ -> USER_NOTIFIED;
            case HubEvent.CouponCreated _ -> COUPON_CREATED;
            case HubEvent.BackendEmitted _ -> BACKEND_EMITTED;
            case HubEvent.AlertOpened _ -> ALERT_OPENED;
            case HubEvent.AlertCleared _ -> ALERT_CLEARED;
            case OrderEvent.ProofRecorded _ -> PROOF_RECORDED;
            case OrderEvent.TimesSet _ -> TIMES_SET;
            case OrderEvent.Delayed _ -> DELAYED;
            case OrderEvent.DelayEnded _ -> DELAY_ENDED;
            case OrderEvent.LinkShared _ -> LINK_SHARED;
            case OrderEvent.LinksRevoked _ -> LINKS_REVOKED;
            case NodeEvent.TokensRevoked _ -> TOKENS_REVOKED;
            case NodeEvent.EventConfirmed _ -> EVENT_CONFIRMED;
        };
    }

    /// Null for an event of which the columns say it all.
    static @Nullable public String encode(Event event) {
        return switch (event) {
            case OrderEvent.Placed _, OrderEvent.DriverTakenOver _, OrderEvent.Offered _ -> null;
            case OrderEvent.HandedBack(var driver, var reason) ->
                FlatJson.write("driver", driver.toString(), "reason", reason);
            case OrderEvent.OfferDeclined(var driver, var reason) ->
                FlatJson.write("driver", driver.toString(), "reason", reason);
            case OrderEvent.OfferClosed(var round, var reason) ->
                FlatJson.write("round", Integer.toString(round), "reason", reason.wireName());
            case OrderEvent.Assigned(var _, var former) ->
                former == null ? null : FlatJson.write("former", former.toString());
            case OrderEvent.StateChanged(var _, var reason, var _) ->
                reason.isEmpty() ? null : FlatJson.write("reason", reason);
            case OrderEvent.Paid(var amount, var method) ->
                FlatJson.write(
                        "minor", Long.toString(amount.minorUnits()), "currency", amount.currency(), "method", method);
            case OrderEvent.DriverArriving(var stop, var at, var etaMinutes) ->
                etaMinutes == null
                        ? arrival(stop, at)
                        : FlatJson.write(
                                "stop", stop.wireName(), "at", ms(at), "etaMinutes", Integer.toString(etaMinutes));
            case OrderEvent.DriverArrived(var stop, var at) -> arrival(stop, at);
            case OrderEvent.ArrivalCorrected(var stop, var at) -> arrival(stop, at);
            case OrderEvent.ProofRecorded(var proof) -> ProofJson.encode(proof);
            case OrderEvent.OfTimes ofTimes -> OrderTimesJson.encode(ofTimes);
            case OrderEvent.OfLinks ofLinks -> LinkEventJson.encode(ofLinks);
            case HubEvent.BusinessStatusChanged(var store, var name, var isOpen) ->
                FlatJson.write("store", store, "name", name, "isOpen", Boolean.toString(isOpen));
            case HubEvent.DriverStatusChanged changed -> DriverStatusJson.write(changed);
            case HubEvent.UserNotified(var id, var user, var title, var message, var type) ->
                FlatJson.write(
                        "id",
                        id.toString(),
                        "user",
                        user.id(),
                        "role",
                        user.role().wireName(),
                        "title",
                        title,
                        "message",
                        message,
                        "type",
                        type);
            case HubEvent.CouponCreated(var code, var description, var discount) ->
                FlatJson.write("code", code, "description", description, "discount", discount.toString());
            case HubEvent.BackendEmitted emitted -> BackendEventJson.write(emitted);
            case HubEvent.AlertOpened(var alert) -> AlertJson.write(alert);
            case HubEvent.AlertCleared(var alert) -> AlertJson.write(alert);
            case NodeEvent.TokensRevoked(var user, var until) ->
                FlatJson.write(
                        "user",
                        user.id(),
                        "role",
                        user.role().wireName(),
                        "until",
                        Long.toString(until.toEpochMilli()));
            case NodeEvent.EventConfirmed(var store, var sequence) ->
                FlatJson.write("store", store, "sequence", Long.toString(sequence));
        };
    }

    private static String arrival(Stop stop, Instant at) {
        return FlatJson.write("stop", stop.wireName(), "at", ms(at));
    }

    private static String ms(Instant at) {
        return Long.toString(at.toEpochMilli());
    }

    static OrderEvent.DriverArriving decodeArriving(Map<String, String> body) {
        var etaMinutes = body.get("etaMinutes");
        return new OrderEvent.DriverArriving(
                stop(body), at(body), etaMinutes == null ? null : Integer.valueOf(etaMinutes));
    }

    static Stop stop(Map<String, String> body) {
        return Stop.parse(field(body, "stop")).orElseThrow(() -> EnumCodes.unknownCode("stop", field(body, "stop")));
    }

    static Instant at(Map<String, String> body) {
        return Instant.ofEpochMilli(Long.parseLong(field(body, "at")));
    }

    static OrderEvent.Paid decodePaid(Map<String, String> body) {
        return new OrderEvent.Paid(
                new Money(Long.parseLong(field(body, "minor")), field(body, "currency")), field(body, "method"));
    }

    static OrderEvent.HandedBack decodeHandedBack(Map<String, String> body) {
        return new OrderEvent.HandedBack(Actor.parse(field(body, "driver")), field(body, "reason"));
    }

    static OrderEvent.OfferDeclined decodeOfferDeclined(Map<String, String> body) {
        return new OrderEvent.OfferDeclined(Actor.parse(field(body, "driver")), field(body, "reason"));
    }

    static OrderEvent.OfferClosed decodeOfferClosed(Map<String, String> body) {
        return new OrderEvent.OfferClosed(
                Integer.parseInt(field(body, "round")),
                OrderEvent.CloseReason.parse(field(body, "reason"))
                        .orElseThrow(() -> EnumCodes.unknownCode("reason", field(body, "reason"))));
    }

    /// An event that is not about one order.
    static Event decode(int kind, Map<String, String> body) {
        return switch (kind) {
            case BUSINESS_STATUS_CHANGED ->
                new HubEvent.BusinessStatusChanged(
                        field(body, "store"), field(body, "name"), Boolean.parseBoolean(field(body, "isOpen")));
            case DRIVER_STATUS_CHANGED -> DriverStatusJson.read(body);
            case USER_NOTIFIED ->
                new HubEvent.UserNotified(
                        UUID.fromString(field(body, "id")),
                        user(body),
                        field(body, "title"),
                        field(body, "message"),
                        field(body, "type"));
            case COUPON_CREATED ->
                new HubEvent.CouponCreated(
                        field(body, "code"), field(body, "description"), new BigDecimal(field(body, "discount")));
            case BACKEND_EMITTED -> BackendEventJson.read(body);
            case ALERT_OPENED -> AlertJson.readOpened(body);
            case ALERT_CLEARED -> AlertJson.readCleared(body);
            case TOKENS_REVOKED ->
                new NodeEvent.TokensRevoked(user(body), Instant.ofEpochMilli(Long.parseLong(field(body, "until"))));
            case EVENT_CONFIRMED ->
                new NodeEvent.EventConfirmed(field(body, "store"), Long.parseLong(field(body, "sequence")));
            default -> throw EnumCodes.unknownCode("kind of event", kind);
        };
    }

    /// Before users were told apart by role, a notification named an id alone; most were for customers.
    private static UserId user(Map<String, String> body) {
        var role = Role.parse(body.getOrDefault("role", "")).orElse(Role.CUSTOMER);
        return new UserId(role, field(body, "user"));
    }

    static String field(Map<String, String> body, String name) {
        var value = body.get(name);
        if (value == null) {
            throw new IllegalStateException("body of an event: " + body.keySet() + " (expected: " + name + " too)");
        }
        return value;
    }
}
