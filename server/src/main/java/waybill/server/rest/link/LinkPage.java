package waybill.server.rest.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.hub.link.LinkView;
import waybill.hub.link.LinkView.LinkEta;
import waybill.order.OrderState;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;

/// A public link as a page of text for a browser: the state of the order and its times in sentences, without scripts,
/// images and anything from another address.
public final class LinkPage {

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--quiet:#565656;--line:#d9d9d9;--link:#0b57d0}
            @media(prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#161616;--quiet:#b0b0b0;--line:#3d3d3d;--link:#a8c7fa}}
            body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}
            main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem}
            p{margin:0 0 1rem}
            h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
            h2{font-size:1rem;margin:2rem 0 .5rem}
            .of{color:var(--quiet);margin:0 0 .25rem}
            ol+.of{margin:.75rem 0}
            ol{list-style:none;margin:0;padding:0}
            li{display:flex;justify-content:space-between;gap:1rem;padding:.625rem 0;border-top:1px solid var(--line)}
            time{color:var(--quiet);white-space:nowrap;font-variant-numeric:tabular-nums}
            p time{color:inherit;font-weight:600}
            a{color:var(--link);display:inline-block;padding:.75rem 0;text-underline-offset:.2em}
            """;

    private static final Map<String, String> HEADERS = Map.of(
            "content-security-policy",
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'",
            "vary",
            "Accept");

    private final ZoneId zone;
    private final DateTimeFormatter time;
    private final DateTimeFormatter day;
    private final DateTimeFormatter zoneName;

    /// @param zone in which times are written
    public LinkPage(ZoneId zone) {
        this.zone = zone;
        time = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(zone);
        day = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(zone);
        zoneName = DateTimeFormatter.ofPattern("zzzz", Locale.ENGLISH).withZone(zone);
    }

    ApiResponse of(LinkView view, Instant now) {
        var body = new StringBuilder();
        body.append("<p class=\"of\">Order ").append(escaped(view.orderNumber()));
        body.append(" from ").append(escaped(view.storeName())).append("</p>\n");
        body.append("<h1>").append(escaped(headline(view))).append("</h1>\n");
        arrival(view, now).ifPresent(text -> body.append("<p>").append(text).append("</p>\n"));
        before(view).ifPresent(text -> body.append("<p>").append(text).append("</p>\n"));
        body.append("<h2 id=\"steps\">What has happened</h2>\n<ol aria-labelledby=\"steps\">\n");
        for (var step : view.steps().reversed()) {
            body.append("<li><span>").append(label(step.state())).append("</span>");
            body.append(timeElement(step.at(), now)).append("</li>\n");
        }
        body.append("</ol>\n<p class=\"of\">Times are in ")
                .append(escaped(zoneName.format(now)))
                .append(".</p>\n");
        body.append(view.isEnded() ? "" : "<p><a href=\"\">Show the newest state</a></p>\n");
        return page(200, headline(view), body.toString());
    }

    static ApiResponse notFound() {
        return page(404, "This link is not valid", """
                <h1>This link is not valid</h1>
                <p>It may have expired, or it was revoked. Ask the sender of the link for a new one.</p>
                """);
    }

    private static ApiResponse page(int status, String title, String body) {
        var html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(escaped(title), STYLE, body);
        return PublicHeaders.with(new ApiResponse(status, "text/html; charset=utf-8", html, HEADERS));
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

    private Optional<String> arrival(LinkView view, Instant now) {
        var eta = view.etaOrNone();
        if (eta == null || view.isEnded()) {
            return Optional.empty();
        }
        return Optional.of("It should arrive at about " + timeElement(eta.estimatedDeliveryTime(), now) + ", "
                + remaining(eta) + ".");
    }

    private static String remaining(LinkEta eta) {
        if (eta.high() < 1) {
            return "any minute now";
        }
        return eta.low() >= eta.high()
                ? "in " + minutes(eta.high())
                : "in " + Math.max(eta.low(), 0) + " to " + minutes(eta.high());
    }

    private static String minutes(int count) {
        return count == 1 ? "1 minute" : count + " minutes";
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

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java platform has it
        }
    }
}
