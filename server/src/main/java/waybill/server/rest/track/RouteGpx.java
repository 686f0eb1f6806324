package waybill.server.rest.track;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import waybill.hub.position.DrivenRoute;
import waybill.order.Order;
import waybill.server.rest.http.JsonWriter;
import waybill.tracking.RouteBuilder.RoutePoint;

/// A route in GPX 1.1: one track, with a segment for each driver.
final class RouteGpx {

    private static final String NAMESPACE = "http://www.topografix.com/GPX/1/1";
    private static final double LONGITUDE_END = 180;
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private RouteGpx() {}

    static String of(Order order, DrivenRoute route) {
        var text = new StringWriter();
        try {
            var xml = XML.createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("gpx");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("version", "1.1");
            xml.writeAttribute("creator", "Waybill");
            xml.writeStartElement("trk");
            xml.writeStartElement("name");
            xml.writeCharacters(order.number());
            xml.writeEndElement();
            for (var leg : route.legs()) {
                xml.writeStartElement("trkseg");
                for (var point : leg) {
                    write(point, xml);
                }
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new AssertionError("a StringWriter has no way to fail", e);
        }
        return text.toString();
    }

    private static void write(RoutePoint point, XMLStreamWriter xml) throws XMLStreamException {
        var position = point.fix().position();
        xml.writeStartElement("trkpt");
        xml.writeAttribute("lat", decimal(position.latitude()));
        xml.writeAttribute("lon", decimal(longitude(position.longitude())));
        xml.writeStartElement("time");
        xml.writeCharacters(JsonWriter.time(Instant.ofEpochMilli(point.fix().recordedAtMs())));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    /// Longitudes of GPX are less than 180 degrees; 180 is the same as -180.
    private static double longitude(double value) {
        return value == LONGITUDE_END ? -LONGITUDE_END : value;
    }

    /// A decimal of XML has no exponent.
    private static String decimal(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }
}
