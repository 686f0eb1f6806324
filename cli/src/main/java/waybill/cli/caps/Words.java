package waybill.cli.caps;

import java.util.List;

/// News as the lines that an app prints.
public final class Words {

    private final Profile profile;

    public Words(Profile profile) {
        this.profile = profile;
    }

    /// Without anything that a terminal would obey: ids, names and reasons are the words of others.
    public List<String> of(News news) {
        return lines(news).stream().map(Printable::of).toList();
    }

    private List<String> lines(News news) {
        return switch (news) {
            case News.Connected(var hub) -> List.of("connected to " + hub);
            case News.Disconnected(var reason) -> List.of("no line to the hub: " + reason + "; trying again");
            case News.TurnedAway(var code, var reason) -> turnedAway(code, reason);
            case News.Placed(var parcel) ->
                List.of("order " + parcel.id() + " for " + parcel.customer() + " is placed");
            case News.NotPlaced(var parcel, var code, var message) ->
                List.of("order " + parcel.id() + ": " + code + ": " + message);
            case News.Held(var count) ->
                List.of(count + " orders are unanswered; placing no more until the hub answers");
            case News.OnItsWay(var parcel) -> List.of("order " + parcel.id() + " is in transit");
            case News.Arrived(var parcel) -> arrived(parcel);
            case News.PickingUp(var parcel) -> List.of("picking up " + parcel.id());
            case News.PickedUp(var parcel) -> List.of("DRIVER: picked up " + parcel.id() + ".");
            case News.Lost(var parcel) -> List.of("DRIVER: " + parcel.id() + " went to another driver.");
            case News.Delivered(var parcel) -> List.of("DRIVER: delivered " + parcel.id() + ".");
            case News.Scanned(var code) -> List.of("DRIVER: delivered " + code + ".");
            case News.Refused(var what, var code, var message) -> List.of(what + ": " + code + ": " + message);
        };
    }

    private static List<String> turnedAway(String code, String reason) {
        var what =
                (code.equals("forbidden") ? "the hub refuses this token: " : "the hub does not let us in: ") + reason;
        return code.equals("unauthenticated")
                ? List.of(
                        what,
                        "show it a token that it believes: --token TOKEN, or WAYBILL_TOKEN in the environment or in"
                                + " ./.env; \"waybill token\" prints one")
                : List.of(what);
    }

    private List<String> arrived(Parcel parcel) {
        var confirmation = "order " + parcel.id() + " is delivered: " + parcel.order();
        var thanks = "Thank you for your order " + parcel.customer() + ".";
        return switch (profile) {
            case phase2 -> List.of("thank you for delivering " + parcel.id(), thanks, confirmation);
            case phase3, merged -> List.of(thanks, confirmation);
        };
    }
}
