package waybill.routing;

import com.graphhopper.GHRequest;
import com.graphhopper.GraphHopper;
import com.graphhopper.ResponsePath;
import com.graphhopper.util.shapes.GHPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.Threads;
import waybill.eta.NoWayException;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.eta.TravelTimeProvider;
import waybill.geo.Position;

/// Travel times and ways along the roads of an OpenStreetMap file, for one kind of vehicle and without traffic. Routes
/// are found on threads of its own. Thread-safe.
public final class GraphHopperRouting implements TravelTimeProvider {

    private static final Logger LOG = LoggerFactory.getLogger(GraphHopperRouting.class);

    private static final int THREADS = 2;

    /// Requests that wait for a thread. A request beyond them fails, and its caller falls back.
    private static final int WAITING_MAX = 1_000;

    private final String profile;
    private final ExecutorService executor;
    private final CompletableFuture<GraphHopper> opened = new CompletableFuture<>();

    private GraphHopperRouting(String profile, ExecutorService executor) {
        this.profile = profile;
        this.executor = executor;
    }

    /// Opens the roads of a file, on one of the threads. The first time this imports them, which takes seconds for a
    /// city and minutes for a country; later starts read what was imported. Requests wait for that; if the
    /// file cannot be imported, they fail.
    ///
    /// @param osmFile an extract of OpenStreetMap: `.osm.pbf`, or `.osm` in XML
    /// @param cache the directory of imported roads; created if absent
    public static GraphHopperRouting open(Path osmFile, Path cache, RoutingVehicle vehicle, Threads threads) {
        if (!Files.isReadable(osmFile)) {
            throw new IllegalArgumentException("osmFile: " + osmFile + " (expected: a file that can be read)");
        }
        var routing = new GraphHopperRouting(
                vehicle.profile(),
                threads.executor("waybill-routing", THREADS, WAITING_MAX, new ThreadPoolExecutor.AbortPolicy()));
        routing.executor.execute(() -> routing.open(new RoadGraph(osmFile, cache, vehicle), osmFile));
        return routing;
    }

    private void open(RoadGraph roads, Path osmFile) {
        try {
            var graph = roads.open();
            opened.complete(graph);
            LOG.info("routes follow the roads of {}", osmFile);
        } catch (RuntimeException e) {
            if (executor.isShutdown()) {
                LOG.debug("the hub ended before the roads were open", e);
            } else {
                LOG.error(
                        "the roads of {} could not be opened; times of arrival are estimated without them", osmFile, e);
            }
            opened.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<Travel> find(TravelRequest request) {
        return opened.thenApplyAsync(graph -> route(graph, request), executor);
    }

    private Travel route(GraphHopper graph, TravelRequest request) {
        var wanted = new GHRequest(point(request.from()), point(request.to())).setProfile(profile);
        wanted.getHints().putObject("instructions", false).putObject("calc_points", request.needsPath());
        var found = graph.route(wanted);
        if (found.hasErrors()) {
            throw new NoWayException(String.valueOf(found.getErrors().getFirst().getMessage()));
        }
        var best = found.getBest();
        return Travel.routed(best.getTime(), best.getDistance(), path(request, best));
    }

    private static GHPoint point(Position position) {
        return new GHPoint(position.latitude(), position.longitude());
    }

    private static List<Position> path(TravelRequest request, ResponsePath found) {
        var path = new ArrayList<Position>();
        if (request.needsPath()) {
            for (var point : found.getPoints()) {
                path.add(new Position(point.getLat(), point.getLon()));
            }
        }
        return path;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        opened.thenAccept(GraphHopper::close);
    }
}
