package waybill.routing;

import com.graphhopper.reader.ReaderElement;
import com.graphhopper.reader.ReaderNode;
import com.graphhopper.reader.ReaderRelation;
import com.graphhopper.reader.ReaderWay;
import com.graphhopper.reader.osm.OSMInputFile;
import com.graphhopper.reader.osm.SkipOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import waybill.geo.Position;

/// Reads an extract of OpenStreetMap: `.osm.pbf`, or `.osm` in XML.
public final class OsmFile {

    private static final SkipOptions ALL = SkipOptions.none();
    private static final SkipOptions NODES = new SkipOptions(false, true, true);
    private static final SkipOptions WAYS = new SkipOptions(true, false, true);

    private final Path path;

    /// @throws IllegalArgumentException for a path that is no file that can be read
    public OsmFile(Path path) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException("osm: " + path + " (expected: a file that can be read)");
        }
        this.path = path;
    }

    /// Passes all elements on, as the file has them: the nodes, then the ways, then the relations.
    ///
    /// @throws IllegalArgumentException if the file is none of OpenStreetMap, or ends within an element
    public void read(Consumer<OsmElement> consumer) {
        read(ALL, consumer);
    }

    /// Passes the nodes on, which is faster than all.
    public void readNodes(Consumer<OsmElement> consumer) {
        read(NODES, consumer);
    }

    /// Passes the ways on, which is faster than all.
    public void readWays(Consumer<OsmElement> consumer) {
        read(WAYS, consumer);
    }

    private void read(SkipOptions skipped, Consumer<OsmElement> consumer) {
        try (var input = new OSMInputFile(path.toFile())
                .setSkipOptions(skipped)
                .setWorkerThreads(1)
                .open()) {
            for (var element = input.getNext(); element != null; element = input.getNext()) {
                accept(element, consumer);
            }
        } catch (IOException | XMLStreamException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "osm: " + path + " cannot be read: " + reason(e)
                            + " (expected: an extract of OpenStreetMap, .osm.pbf)",
                    e);
        }
    }

    /// The first line: further ones of an XML error name no more than its place.
    private static String reason(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static void accept(ReaderElement element, Consumer<OsmElement> consumer) {
        switch (element) {
            case ReaderNode node ->
                consumer.accept(
                        new OsmElement.Node(node.getId(), new Position(node.getLat(), node.getLon()), tags(node)));
            case ReaderWay way -> consumer.accept(new OsmElement.Way(way.getId(), nodes(way), tags(way)));
            case ReaderRelation relation -> consumer.accept(new OsmElement.Relation(members(relation), tags(relation)));
            default -> {} // the header of the file
        }
    }

    private static List<Long> nodes(ReaderWay way) {
        var nodes = new ArrayList<Long>(way.getNodes().size());
        way.getNodes().iterator().forEachRemaining(node -> nodes.add(node.value));
        return nodes;
    }

    private static List<OsmElement.Member> members(ReaderRelation relation) {
        return relation.getMembers().stream()
                .filter(member -> member.getType() == ReaderElement.Type.WAY)
                .map(member -> new OsmElement.Member(member.getRef(), member.getRole()))
                .toList();
    }

    private static Map<String, String> tags(ReaderElement element) {
        return element.getTags().isEmpty()
                ? Map.of()
                : element.getTags().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, tag -> tag.getValue().toString()));
    }
}
