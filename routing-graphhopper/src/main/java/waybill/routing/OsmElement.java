package waybill.routing;

import java.util.List;
import java.util.Map;
import waybill.geo.Position;

/// An element of an OpenStreetMap file, with the keys and values that its mappers gave it.
public sealed interface OsmElement {

    Map<String, String> tags();

    record Node(long id, Position place, Map<String, String> tags) implements OsmElement {}

    /// A line, or the ring of a surface.
    ///
    /// @param nodes by id; a ring ends with the node that it begins with
    record Way(long id, List<Long> nodes, Map<String, String> tags) implements OsmElement {}

    record Relation(List<Member> members, Map<String, String> tags) implements OsmElement {}

    /// A way of a relation.
    ///
    /// @param role such as `outer` and `inner`, of a surface of several rings
    record Member(long way, String role) {}
}
