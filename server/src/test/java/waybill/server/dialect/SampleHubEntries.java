package waybill.server.dialect;

import static waybill.server.dialect.SampleEntries.NOON;
import static waybill.server.dialect.SampleEntries.ORDER;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverStatus;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.OrderState;
import waybill.order.SystemAlert;

/// Entries that are of no order: of stores, drivers, users, backends and alerts.
final class SampleHubEntries {

    private SampleHubEntries() {}

    static void putAll(Map<String, LogEntry> entries) {
        entries.put("opened", entry(new HubEvent.BusinessStatusChanged("acme-widgets", "Acme Widgets", true)));
        entries.put("closed", entry(new HubEvent.BusinessStatusChanged("acme-widgets", "Acme Widgets", false)));
        entries.put("driver-busy", entry(new HubEvent.DriverStatusChanged("kari", DriverStatus.BUSY, ORDER)));
        entries.put("driver-offline", entry(new HubEvent.DriverStatusChanged("kari", DriverStatus.OFFLINE, null)));
        entries.put(
                "notified",
                entry(new HubEvent.UserNotified(
                        UUID.fromString("019c0f3e-8000-7000-8000-00000000000a"),
                        new UserId(Role.CUSTOMER, "jane"),
                        "Hello",
                        "Free fries",
                        "promo")));
        entries.put("offer", entry(new HubEvent.CouponCreated("FRIES", "Free fries", new BigDecimal("12.50"))));
        emitted()
                .forEach((name, to) ->
                        entries.put(name, entry(new HubEvent.BackendEmitted(to, "loyalty:points", "{}"))));
        entries.put(
                "emitted-text", entry(new HubEvent.BackendEmitted(new EmitTarget.AllUsers(), "closing", "\"soon\"")));
        entries.put(
                "emitted-object",
                entry(new HubEvent.BackendEmitted(new EmitTarget.AllUsers(), "closing", "{\"inMinutes\":5}")));
        entries.put("alert", entry(new HubEvent.AlertOpened(unanswered())));
        entries.put("alert-cleared", entry(new HubEvent.AlertCleared(unanswered())));
    }

    private static Map<String, EmitTarget> emitted() {
        var targets = new LinkedHashMap<String, EmitTarget>();
        targets.put("emitted-to-user", new EmitTarget.User(new UserId(Role.CUSTOMER, "jane")));
        targets.put("emitted-to-merchants", new EmitTarget.RoleMembers(Role.MERCHANT));
        targets.put("emitted-to-admins", new EmitTarget.RoleMembers(Role.ADMIN));
        targets.put("emitted-to-support", new EmitTarget.RoleMembers(Role.SUPPORT));
        targets.put("emitted-to-order", new EmitTarget.OrderParties(ORDER, "acme-widgets", "jane", "kari"));
        targets.put("emitted-to-room", new EmitTarget.Room("/realtime", "role:admin"));
        return targets;
    }

    private static SystemAlert unanswered() {
        return new SystemAlert(
                UUID.fromString("019c0f3e-8000-7000-8000-00000000000b"),
                SystemAlert.Kind.ORDER_UNANSWERED,
                SystemAlert.Severity.WARNING,
                "WB-20260131-0001",
                "acme-widgets has not answered order WB-20260131-0001",
                NOON,
                ORDER,
                null);
    }

    private static LogEntry entry(HubEvent event) {
        return SampleEntries.entry(OrderState.NEW, event, null, new Actor(Actor.Kind.ADMIN, "a"));
    }
}
