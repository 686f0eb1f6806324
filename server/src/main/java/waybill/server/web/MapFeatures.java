package waybill.server.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the features of a GeoJSON `FeatureCollection` are: in its bytes, and on the Earth.
///
/// @param attribution who has surveyed the map, if the collection has a member of that name
record MapFeatures(List<Feature> features, Optional<String> attribution) {

    /// @param start of its bytes
    /// @param end after its last byte
    /// @param bounds absent if it has no coordinates
    record Feature(int start, int end, Optional<MapBounds> bounds) {}

    private static final JsonFactory JSON = new JsonFactory();

    /// @throws IOException if the bytes are no JSON, or another object
    static MapFeatures parse(byte[] geoJson) throws IOException {
        try (var parser = JSON.createParser(geoJson)) {
            var features = new ArrayList<Feature>();
            var attribution = Optional.<String>empty();
            var isCollection = false;
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> isCollection = "FeatureCollection".equals(parser.getValueAsString());
                    case "attribution" -> attribution = Optional.ofNullable(parser.getValueAsString());
                    case "features" -> readFeatures(parser, features);
                    default -> parser.skipChildren();
                }
            }
            if (!isCollection) {
                throw new JsonParseException(parser, "type (expected: \"FeatureCollection\")");
            }
            return new MapFeatures(List.copyOf(features), attribution);
        }
    }

    private static void readFeatures(JsonParser parser, List<Feature> features) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
            var start = (int) parser.currentTokenLocation().getByteOffset();
            MapBounds bounds = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var isGeometry = parser.currentName().equals("geometry");
                parser.nextToken();
                if (isGeometry) {
                    bounds = geometry(parser);
                } else {
                    parser.skipChildren();
                }
            }
            features.add(
                    new Feature(start, (int) parser.currentLocation().getByteOffset(), Optional.ofNullable(bounds)));
        }
    }

    private static @Nullable MapBounds geometry(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return null; // a feature without a place
        }
        MapBounds bounds = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var isPlace = parser.currentName().equals("coordinates");
            parser.nextToken();
            if (isPlace) {
                bounds = coordinates(parser);
            } else {
                parser.skipChildren();
            }
        }
        return bounds;
    }

    /// The bounds of a position, or of a list of positions, however deep.
    private static @Nullable MapBounds coordinates(JsonParser parser) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
        MapBounds bounds = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken().isNumeric()) {
                return position(parser);
            }
            var part = coordinates(parser);
            bounds = part == null || bounds == null ? (part == null ? bounds : part) : bounds.with(part);
        }
        return bounds;
    }

    private static MapBounds position(JsonParser parser) throws IOException {
        var longitude = parser.getDoubleValue();
        parser.nextToken();
        var latitude = parser.getDoubleValue();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren(); // the height
        }
        return MapBounds.of(longitude, latitude);
    }

    private static void expect(JsonParser parser, @Nullable JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new JsonParseException(parser, token + " (expected: " + expected + ")");
        }
    }
}
