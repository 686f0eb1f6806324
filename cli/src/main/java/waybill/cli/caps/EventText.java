package waybill.cli.caps;

import java.util.List;

/// Formats events as the lines that an app prints.
public final class EventText {

    private final Profile profile;

    public EventText(Profile profile) {
        this.profile = profile;
    }

    /// The lines for an event. Ids, names and reasons come from other parties, so control characters are escaped.
    public List<String> of(ClientEvent event) {
        return lines(event).stream().map(Printable::of).toList();
    }

    private List<String> lines(ClientEvent event) {
        return switch (event) {
            case ClientEvent.Connected(var hub) -> List.of("connected to " + hub);
            case ClientEvent.Disconnected(var reason) -> List.of("not connected to the hub: " + reason + "; retrying");
            case ClientEvent.AccessDenied(var code, var reason) -> accessDenied(code, reason);
            case ClientEvent.Placed(var parcel) ->
                List.of("order " + parcel.id() + " for " + parcel.customer() + " is placed");
            case ClientEvent.PlacementFailed(var parcel, var code, var message) ->
                List.of("order " + parcel.id() + ": " + code + ": " + message);
            case ClientEvent.OutboxFull(var count) ->
                List.of(count + " orders are unacknowledged; placing no more until the hub responds");
            case ClientEvent.TransitNotified(var parcel) -> List.of("order " + parcel.id() + " is in transit");
            case ClientEvent.DeliveryNotified(var parcel) -> deliveryNotified(parcel);
            case ClientEvent.PickingUp(var parcel) -> List.of("picking up " + parcel.id());
            case ClientEvent.PickedUp(var parcel) -> List.of("DRIVER: picked up " + parcel.id() + ".");
            case ClientEvent.ClaimLost(var parcel) -> List.of("DRIVER: " + parcel.id() + " went to another driver.");
            case ClientEvent.Delivered(var parcel) -> List.of("DRIVER: delivered " + parcel.id() + ".");
            case ClientEvent.Scanned(var code) -> List.of("DRIVER: delivered " + code + ".");
            case ClientEvent.RequestFailed(var what, var code, var message) ->
                List.of(what + ": " + code + ": " + message);
        };
    }

    private static List<String> accessDenied(String code, String reason) {
        var what = (code.equals("forbidden") ? "the hub rejects this token: " : "the hub rejects the connection: ")
                + reason;
        return code.equals("unauthenticated")
                ? List.of(
                        what,
                        "pass a valid token: --token TOKEN, or WAYBILL_TOKEN in the environment or in"
                                + " ./.env; \"waybill token\" prints one")
                : List.of(what);
    }

    private List<String> deliveryNotified(Parcel parcel) {
        var confirmation = "order " + parcel.id() + " is delivered: " + parcel.order();
        var thanks = "Thank you for your order " + parcel.customer() + ".";
        return switch (profile) {
            case phase2 -> List.of("thank you for delivering " + parcel.id(), thanks, confirmation);
            case phase3, merged -> List.of(thanks, confirmation);
        };
    }
}
