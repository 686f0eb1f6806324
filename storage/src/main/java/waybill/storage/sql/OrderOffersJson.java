package waybill.storage.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.order.Offer;
import waybill.order.OrderOffers;

/// How the offers of an order stand in its row, and in the row of each of its events. The names of the fields are
/// short, because every row has them. Null for an order that was never offered.
final class OrderOffersJson {

    private OrderOffersJson() {}

    static @Nullable String write(OrderOffers offers) {
        if (offers.equals(OrderOffers.NONE)) {
            return null;
        }
        var text = new StringWriter();
        try (var out = FlatJson.JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("rounds", offers.rounds());
            writeOffer(out, "open", offers.openOrNone());
            writeOffer(out, "closed", offers.closedOrNone());
            writeNames(out, "declined", offers.declinedBy());
            writeNames(out, "lapsed", offers.lapsedFor());
            out.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e); // a StringWriter takes everything
        }
        return text.toString();
    }

    private static void writeOffer(JsonGenerator out, String field, @Nullable Offer offer) throws IOException {
        if (offer == null) {
            return;
        }
        out.writeObjectFieldStart(field);
        out.writeNumberField("round", offer.round());
        out.writeNumberField("at", offer.offeredAt().toEpochMilli());
        if (offer.expiresAtOrNone() != null) {
            out.writeNumberField("until", offer.expiresAtOrNone().toEpochMilli());
        }
        writeNames(out, "drivers", offer.drivers());
        writeNames(out, "next", offer.runnersUp());
        out.writeEndObject();
    }

    private static void writeNames(JsonGenerator out, String field, List<String> names) throws IOException {
        if (!names.isEmpty()) {
            out.writeArrayFieldStart(field);
            for (var name : names) {
                out.writeString(name);
            }
            out.writeEndArray();
        }
    }

    static OrderOffers read(@Nullable String json) {
        if (json == null) {
            return OrderOffers.NONE;
        }
        try (var in = FlatJson.JSON.createParser(json)) {
            in.nextToken();
            return readOffers(in);
        } catch (IOException e) {
            throw new IllegalStateException("offers that are not JSON: " + e.getMessage(), e);
        }
    }

    private static OrderOffers readOffers(JsonParser in) throws IOException {
        var rounds = 0;
        @Nullable Offer open = null;
        @Nullable Offer closed = null;
        var declined = List.<String>of();
        var lapsed = List.<String>of();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var field = in.currentName();
            in.nextToken();
            switch (field) {
                case "rounds" -> rounds = in.getIntValue();
                case "open" -> open = readOffer(in);
                case "closed" -> closed = readOffer(in);
                case "declined" -> declined = readNames(in);
                case "lapsed" -> lapsed = readNames(in);
                default -> in.skipChildren();
            }
        }
        return new OrderOffers(rounds, open, closed, declined, lapsed);
    }

    private static Offer readOffer(JsonParser in) throws IOException {
        var round = 0;
        var at = Instant.EPOCH;
        @Nullable Instant until = null;
        var drivers = List.<String>of();
        var next = List.<String>of();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var field = in.currentName();
            in.nextToken();
            switch (field) {
                case "round" -> round = in.getIntValue();
                case "at" -> at = Instant.ofEpochMilli(in.getLongValue());
                case "until" -> until = Instant.ofEpochMilli(in.getLongValue());
                case "drivers" -> drivers = readNames(in);
                case "next" -> next = readNames(in);
                default -> in.skipChildren();
            }
        }
        return new Offer(round, drivers, at, until, next);
    }

    private static List<String> readNames(JsonParser in) throws IOException {
        var names = new ArrayList<String>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            names.add(in.getText());
        }
        return names;
    }
}
