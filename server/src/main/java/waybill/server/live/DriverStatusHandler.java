package waybill.server.live;

import waybill.access.Principal;
import waybill.hub.DriverStatusChange;
import waybill.server.dialect.Dialect;
import waybill.server.socket.EventResponder;

/// Sets the status of the driver of a socket, and acknowledges it once it is on disk.
public final class DriverStatusHandler {

    private final DriverStatusChange change;

    public DriverStatusHandler(DriverStatusChange change) {
        this.change = change;
    }

    void handle(Principal principal, Dialect dialect, String form, EventResponder reply) {
        change.change(principal, form).whenComplete((outcome, thrown) -> {
            if (thrown != null) {
                reply.failed(thrown);
                return;
            }
            switch (outcome) {
                case DriverStatusChange.Outcome.Changed(var _, var eventId) -> {
                    if (eventId == 0) {
                        reply.ok();
                    } else {
                        reply.ok("eventId", eventId);
                    }
                }
                case DriverStatusChange.Outcome.Rejected(var refusal) ->
                    reply.failed(refusal.withField(
                            refusal.field().map(dialect::fieldName).orElse(null)));
            }
        });
    }
}
