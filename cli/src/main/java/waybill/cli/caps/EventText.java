package waybill.cli.caps;

import java.util.List;

/// News as the lines that an app prints.
public final class EventText {

    private final Profile profile;

    public EventText(Profile profile) {
        this.profile = profile;
    }

    /// Without anything that a terminal would obey: ids, names and reasons are the words of others.
    public List<String> of(ClientEvent news) {
        return lines(news).stream().map(Printable::of).toList();
    }

    private List<String> lines(ClientEvent news) {
        return switch (news) {
            case ClientEvent.Connected(var hub) -> List.of("connected to " + hub);
            case ClientEvent.Disconnected(var reason) -> List.of("no line to the hub: " + reason + "; trying again");
            case ClientEvent.AccessDenied(var code, var reason) -> accessDenied(code, reason);
            case ClientEvent.Placed(var parcel) ->
                List.of("order " + parcel.id() + " for " + parcel.customer() + " is placed");
            case ClientEvent.PlacementFailed(var parcel, var code, var message) ->
                List.of("order " + parcel.id() + ": " + code + ": " + message);
            case ClientEvent.OutboxFull(var count) ->
                List.of(count + " orders are unanswered; placing no more until the hub answers");
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
        var what =
                (code.equals("forbidden") ? "the hub refuses this token: " : "the hub does not let us in: ") + reason;
        return code.equals("unauthenticated")
                ? List.of(
                        what,
                        "show it a token that it believes: --token TOKEN, or WAYBILL_TOKEN in the environment or in"
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
