package waybill.cli.city;

import java.util.List;

/// A street as a line, before it is cut where it crosses others.
record StreetLine(List<Point> points, RoadClass roadClass) {}
