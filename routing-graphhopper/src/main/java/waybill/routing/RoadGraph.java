package waybill.routing;

import com.graphhopper.GraphHopper;
import com.graphhopper.config.CHProfile;
import com.graphhopper.config.Profile;
import com.graphhopper.util.GHUtility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Imports the roads of an OpenStreetMap file once, and opens what was imported at every later start.
///
/// The graph lies in a directory that is named after the file, its size and its date, so that a newer file is imported
/// anew. It is built under another name and renamed when it is complete: an import that was cut short is never opened.
final class RoadGraph {

    private static final Logger LOG = LoggerFactory.getLogger(RoadGraph.class);

    private final Path osmFile;
    private final Path cache;
    private final RoutingVehicle vehicle;

    RoadGraph(Path osmFile, Path cache, RoutingVehicle vehicle) {
        this.osmFile = osmFile;
        this.cache = cache;
        this.vehicle = vehicle;
    }

    GraphHopper open() {
        try {
            var directory = cache.resolve(directoryName());
            if (!Files.isDirectory(directory)) {
                importInto(directory);
            }
            removeOthers(directory);
            var graph = configured(directory);
            if (!graph.load()) {
                throw new IllegalStateException("no roads in " + directory + " (expected: the graph of " + osmFile
                        + "). Remove the directory, so that the file is imported again");
            }
            return graph;
        } catch (IOException e) {
            throw new UncheckedIOException("the roads of " + osmFile + " could not be opened", e);
        }
    }

    private String directoryName() throws IOException {
        return vehicle.profile() + "-" + osmFile.getFileName() + "-" + Files.size(osmFile) + "-"
                + Files.getLastModifiedTime(osmFile).toMillis();
    }

    private void importInto(Path directory) throws IOException {
        var unfinished = cache.resolve(directory.getFileName() + ".unfinished");
        remove(unfinished);
        Files.createDirectories(unfinished);
        LOG.info("the roads of {} are imported for {}; a large country takes minutes", osmFile, vehicle.profile());
        configured(unfinished).importAndClose();
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("the roads of {} are imported", osmFile);
    }

    /// Removes the graphs of earlier files for this vehicle.
    private void removeOthers(Path directory) throws IOException {
        List<Path> others;
        try (var entries = Files.list(cache)) {
            others = entries.filter(entry -> entry.getFileName().toString().startsWith(vehicle.profile() + "-")
                            && !entry.equals(directory))
                    .toList();
        }
        for (var other : others) {
            remove(other);
        }
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (var entries = Files.walk(directory)) {
            deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
        }
        for (var entry : deepestFirst) {
            Files.delete(entry);
        }
    }

    private GraphHopper configured(Path directory) {
        var graph = new GraphHopper();
        graph.setOSMFile(osmFile.toString());
        graph.setGraphHopperLocation(directory.toString());
        graph.setEncodedValuesString(vehicle.encodedValues());
        graph.setProfiles(new Profile(vehicle.profile())
                .setCustomModel(GHUtility.loadCustomModelFromJar(vehicle.profile() + ".json")));
        graph.getCHPreparationHandler().setCHProfiles(new CHProfile(vehicle.profile()));
        return graph;
    }
}
