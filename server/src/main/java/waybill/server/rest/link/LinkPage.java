package waybill.server.rest.link;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import waybill.hub.link.LinkView;
import waybill.hub.link.LinkView.LinkEta;
import waybill.order.OrderState;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;
import waybill.server.web.TrackingFiles;

/// A public link as a page for a browser: one sentence first, then the steps and their times. It is complete as it
/// stands, without a script; the script keeps it up to date by loading it again. Nothing of it is at another address.
public final class LinkPage {

    private static final List<String> STEPS = List.of("Placed", "Preparing", "Ready", "On the way", "Delivered");

    private final TrackingFiles files;
    private final ZoneId zone;
    private final DateTimeFormatter time;
    private final DateTimeFormatter day;
    private final DateTimeFormatter zoneName;

    /// @param zone in which times are written
    public LinkPage(ZoneId zone, TrackingFiles files) {
        this.zone = zone;
        this.files = files;
        time = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(zone);
        day = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(zone);
        zoneName = DateTimeFormatter.ofPattern("zzzz", Locale.ENGLISH).withZone(zone);
    }

    ApiResponse of(LinkView view, Instant now) {
        var arrival = view.isEnded() ? Optional.<LinkEta>empty() : Optional.ofNullable(view.etaOrNone());
        var title = arrival.map(LinkPage::remaining).orElseGet(() -> headline(view));
        var body = new StringBuilder();
        body.append("<p class=\"of\">Order ").append(LinkHtml.escaped(view.orderNumber()));
        body.append(" from ").append(LinkHtml.escaped(view.storeName())).append("</p>\n");
        body.append("<section data-part=\"now\" aria-live=\"polite\">\n<h1>");
        body.append(LinkHtml.escaped(title)).append("</h1>\n");
        arrival.ifPresent(eta -> body.append("<p>")
                .append(LinkHtml.escaped(headline(view)))
                .append(" It should be there at about ")
                .append(timeElement(eta.estimatedDeliveryTime(), now))
                .append(".</p>\n"));
        before(view)
                .ifPresent(text -> body.append("<p class=\"of\">").append(text).append("</p>\n"));
        body.append(progress(view.state())).append("</section>\n");
        body.append("<section data-part=\"past\">\n");
        seen(view, now)
                .ifPresent(text ->
                        body.append("<p class=\"of seen\">").append(text).append("</p>\n"));
        body.append("<h2 id=\"steps\">What has happened</h2>\n<ol class=\"past\" aria-labelledby=\"steps\">\n");
        for (var step : view.steps().reversed()) {
            body.append("<li><span>").append(label(step.state())).append("</span>");
            body.append(timeElement(step.at(), now)).append("</li>\n");
        }
        body.append("</ol>\n<p class=\"of zone\">Times are in ")
                .append(LinkHtml.escaped(zoneName.format(now)))
                .append(".</p>\n</section>\n");
        body.append(view.isEnded() ? "" : "<p class=\"newest\"><a href=\"\">Show the newest state</a></p>\n");
        return LinkHtml.live(title, files, body.toString());
    }

    static ApiResponse notFound() {
        return LinkHtml.text(404, "This link is not valid", """
                <h1>This link is not valid</h1>
                <p>It may have expired, or it was revoked. Ask the sender of the link for a new one.</p>
                """);
    }

    /// Five steps, of which the order has done some. An order that goes no further has none.
    private static String progress(OrderState state) {
        var at = stepOf(state);
        if (at < 0) {
            return "";
        }
        var list = new StringBuilder("<ol class=\"progress\" aria-label=\"Progress\">\n");
        for (var i = 0; i < STEPS.size(); i++) {
            list.append(i < at ? "<li class=\"done\">" : i == at ? "<li class=\"now\" aria-current=\"step\">" : "<li>");
            list.append(STEPS.get(i)).append("</li>\n");
        }
        return list.append("</ol>\n").toString();
    }

    private static int stepOf(OrderState state) {
        return switch (state) {
            case NEW, PENDING, PAYMENT_CONFIRMED -> 0;
            case ACCEPTED, PREPARING -> 1;
            case READY_FOR_PICKUP, ASSIGNED_TO_DRIVER -> 2;
            case PICKED_UP, IN_TRANSIT -> 3;
            case DELIVERED -> 4;
            case CANCELLED, DECLINED, EXPIRED, FAILED, RETURNED -> -1;
        };
    }

    private static String headline(LinkView view) {
        return switch (view.state()) {
            case NEW, PENDING, PAYMENT_CONFIRMED -> "The store has the order and has yet to accept it.";
            case ACCEPTED -> "The store has accepted the order.";
            case PREPARING -> "The store is preparing the order.";
            case READY_FOR_PICKUP -> "The order is ready and waits for a driver.";
            case ASSIGNED_TO_DRIVER -> "The order is ready, and a driver comes to collect it.";
            case PICKED_UP, IN_TRANSIT ->
                Optional.ofNullable(view.driverOrNone()).orElse("The driver") + " is on the way with the order.";
            case DELIVERED -> "The order was delivered.";
            case CANCELLED -> "The order was cancelled.";
            case DECLINED -> "The store could not take the order.";
            case EXPIRED -> "The store did not accept the order in time.";
            case FAILED -> "The order could not be delivered. The driver still has it.";
            case RETURNED -> "The order could not be delivered and is back at the store.";
        };
    }

    private static String remaining(LinkEta eta) {
        if (eta.high() < 1) {
            return "Arriving any minute now";
        }
        if (eta.low() < 1) {
            return "Arriving within " + minutes(eta.high());
        }
        return "Arriving in " + (eta.low() < eta.high() ? eta.low() + "–" : "") + minutes(eta.high());
    }

    private static String minutes(int count) {
        return count == 1 ? "1\u00a0minute" : count + "\u00a0minutes";
    }

    /// How far from its destination the driver was, once the order is the next stop, and when that was.
    private Optional<String> seen(LinkView view, Instant now) {
        return Optional.ofNullable(view.positionOrNone()).map(seen -> {
            var destination = view.destinationOrNone();
            var where = seen.isExact() && destination != null
                    ? "The driver is <span class=\"distance\">"
                            + distance(seen.position().metresTo(destination)) + "</span> from the door, seen "
                    : "The driver was seen ";
            return where + "<span class=\"age\">at " + timeElement(seen.recordedAt(), now) + "</span>.";
        });
    }

    /// As exactly as a reader wants it: to ten metres, and to a tenth of a kilometre from one on.
    static String distance(double metres) {
        var tens = Math.max(1, Math.round(metres / 10)) * 10;
        return tens < 1_000 ? tens + "\u00a0m" : String.format(Locale.ENGLISH, "%.1f\u00a0km", metres / 1_000);
    }

    private static Optional<String> before(LinkView view) {
        var stops = view.stopsBeforeOrNone();
        if (stops == null) {
            return Optional.empty();
        }
        return Optional.of(
                stops == 0
                        ? "This is the driver's next stop."
                        : stops == 1
                                ? "The driver has 1 other stop before this one."
                                : "The driver has " + stops + " other stops before this one.");
    }

    private static String label(OrderState state) {
        return switch (state) {
            case NEW, PENDING -> "Placed";
            case PAYMENT_CONFIRMED -> "Paid";
            case ACCEPTED -> "Accepted by the store";
            case PREPARING -> "In preparation";
            case READY_FOR_PICKUP -> "Ready";
            case ASSIGNED_TO_DRIVER -> "Driver assigned";
            case PICKED_UP -> "Picked up";
            case IN_TRANSIT -> "On the way";
            case DELIVERED -> "Delivered";
            case CANCELLED -> "Cancelled";
            case DECLINED -> "Declined by the store";
            case EXPIRED -> "Not accepted in time";
            case FAILED -> "Could not be delivered";
            case RETURNED -> "Back at the store";
        };
    }

    /// With the day, unless it is today.
    private String timeElement(Instant at, Instant now) {
        var isToday = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return "<time datetime=\"" + JsonWriter.time(at) + "\">" + (isToday ? time : day).format(at) + "</time>";
    }
}
