package waybill.cli.traffic;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.city.Point;
import waybill.cli.city.Route;
import waybill.cli.traffic.Activity.Cruising;
import waybill.cli.traffic.Activity.Driving;
import waybill.cli.traffic.Activity.HandingOver;
import waybill.cli.traffic.Activity.Reporting;
import waybill.cli.traffic.Activity.Resting;
import waybill.cli.traffic.Activity.WaitingAtStore;
import waybill.cli.traffic.HubApi.Request;
import waybill.cli.traffic.HubApi.Response;

/// A driver: takes most of the orders that it is offered, drives to store and customer along the streets, and reports
/// where it is.
///
/// Confined to the thread of its context.
final class DriverActor implements HubSocket.Listener, AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);

    /// Orders at a time.
    private static final int CAPACITY = 2;

    private static final double DECLINED_SHARE = 0.07;
    private static final double ACCURACY_METRES = 6;

    /// In the seconds of a real city.
    private static final double HAND_OVER_SECONDS = 36;

    private static final double REST_SECONDS = 40;
    private static final double STORE_WAIT_SECONDS = 1_500;

    /// The hub recognizes an arrival after four seconds: not in a city that is more than nine times as fast as a real
    /// one.
    private static final Duration STOP_MIN = Duration.ofSeconds(1);

    private static final Duration STORE_WAIT_MIN = Duration.ofMinutes(2);
    private static final long MOVING_REPORT_MS = 900;
    private static final long STANDING_REPORT_MS = 2_900;

    private final TrafficContext context;
    private final String name;
    private final SplittableRandom random;
    private final Jobs jobs = new Jobs();
    private final HubSocket socket;
    private final String token;
    private Activity activity = new Resting(0);
    private Route.Progress place;
    private long reportedMs;
    private long delivered;
    private boolean isConnected;

    /// @param home where the driver begins
    DriverActor(TrafficContext context, String name, String token, Point home, SplittableRandom random) {
        this.context = context;
        this.name = name;
        this.token = token;
        this.random = random;
        place = new Route.Progress(home, 0, 0);
        socket = context.socket(token);
    }

    void start() {
        socket.connect(this);
        tick();
    }

    boolean isConnected() {
        return isConnected;
    }

    boolean isBusy() {
        return !jobs.isEmpty();
    }

    /// Orders that it has delivered.
    long delivered() {
        return delivered;
    }

    @Override
    public void onConnect() {
        isConnected = true;
        socket.emit(
                "driver:status_update",
                new JSONObject()
                        .put("status", "available")
                        .put("capacity", CAPACITY)
                        .put("vehicle", "motorcycle"));
        report();
        loadJobs();
    }

    @Override
    public void onDisconnect() {
        isConnected = false;
    }

    @Override
    public void onEvent(String event, JSONObject body, Consumer<JSONObject> ack) {
        var order = body.optString("order_id");
        switch (event) {
            case "delivery:new_request" -> answer(body, ack);
            case "delivery:request_closed" -> jobs.remove(order);
            case "order:status_update" -> onStatus(order, body.optString("status"), body.optString("driver_id", name));
            default -> {}
        }
    }

    /// A parcel without places, or of another city, is confirmed and left to others.
    private void answer(JSONObject request, Consumer<JSONObject> ack) {
        if (Job.place(request.optJSONObject("pickup"), context.projection()).isEmpty()
                || Job.place(request.optJSONObject("drop"), context.projection())
                        .isEmpty()) {
            ack.accept(new JSONObject().put("received", true));
            return;
        }
        var answer = new JSONObject().put("accepted", random.nextDouble() >= DECLINED_SHARE);
        context.thread().schedule(context.plan().thought(random), () -> ack.accept(answer));
    }

    private void onStatus(String order, String status, String driver) {
        if (!Job.isOpen(status) || !driver.equals(name)) {
            jobs.remove(order);
        } else if (!jobs.update(order, status)) {
            context.api().send(Request.get("/api/v1/orders/" + order, token), response -> {
                if (response instanceof Response.Done(var body)) {
                    putIfOwn(body);
                }
            });
        }
    }

    private void putIfOwn(JSONObject order) {
        if (order.optString("driverId").equals(name)) {
            Job.of(order, context.projection()).ifPresent(jobs::put);
        }
    }

    /// An order that an event brings meanwhile may be missing in the response, and stays.
    private void loadJobs() {
        var known = jobs.orders();
        context.api().send(Request.get("/api/v1/orders/active?limit=" + Jobs.JOBS_MAX, token), response -> {
            if (response instanceof Response.Done(var body)) {
                known.forEach(jobs::remove);
                body.getJSONArray("orders").forEach(order -> putIfOwn((JSONObject) order));
            }
        });
    }

    private void tick() {
        var nowMs = context.clock().millis();
        activity = after(activity, nowMs);
        place = switch (activity) {
            case Cruising(var drive) -> drive.at(nowMs);
            case Driving(var _, var drive) -> drive.at(nowMs);
            case Resting _, WaitingAtStore _, HandingOver _, Reporting _ ->
                new Route.Progress(place.point(), place.heading(), 0);
        };
        if (nowMs - reportedMs >= (place.speed() > 0 ? MOVING_REPORT_MS : STANDING_REPORT_MS)) {
            reportedMs = nowMs;
            report();
        }
        context.thread().schedule(TICK, this::tick);
    }

    /// What the driver does now.
    private Activity after(Activity before, long nowMs) {
        return switch (before) {
            case Cruising(var drive) ->
                !jobs.isEmpty() ? setOut(nowMs) : drive.isOver(nowMs) ? new Resting(nowMs + restMs()) : before;
            case Resting(var untilMs) -> !jobs.isEmpty() || nowMs >= untilMs ? setOut(nowMs) : before;
            case Driving(var job, var drive) ->
                !isStill(job) ? setOut(nowMs) : drive.isOver(nowMs) ? arrivedAt(job, nowMs) : before;
            case WaitingAtStore(var job, var sinceMs) -> {
                if (nowMs - sinceMs > atLeast(STORE_WAIT_MIN, STORE_WAIT_SECONDS)) {
                    handBack(job);
                }
                yield isNext(job) ? arrivedAt(job, sinceMs) : setOut(nowMs);
            }
            case HandingOver(var job, var untilMs) -> {
                if (isStill(job) && nowMs >= untilMs) {
                    reportHandOver(job);
                    yield new Reporting(job.order());
                }
                yield isStill(job) ? before : setOut(nowMs);
            }
            case Reporting _ -> before; // until the hub has answered
        };
    }

    /// Whether the driver has the order, and it is at the same stop as then.
    private boolean isStill(Job job) {
        return jobs.find(job.order())
                .filter(now -> now.isPickedUp() == job.isPickedUp())
                .isPresent();
    }

    /// Another order of the driver may be ready before the one that it waits for.
    private boolean isNext(Job job) {
        return jobs.next(place.point())
                .filter(next -> next.order().equals(job.order()))
                .isPresent();
    }

    private Activity arrivedAt(Job job, long sinceMs) {
        var isReady = jobs.find(job.order())
                .filter(now -> now.isReady() || now.isPickedUp())
                .isPresent();
        return isReady
                ? new HandingOver(job, context.clock().millis() + atLeast(STOP_MIN, HAND_OVER_SECONDS))
                : new WaitingAtStore(job, sinceMs);
    }

    /// To the next stop, or to an address where an order may come up.
    private Activity setOut(long nowMs) {
        var here = place.point();
        var next = jobs.next(here);
        var target = next.map(Job::stop).orElseGet(this::randomPlace);
        var drive = new Drive(
                context.navigator().route(here, target), nowMs, context.plan().speed());
        return next.<Activity>map(job -> new Driving(job, drive)).orElseGet(() -> new Cruising(drive));
    }

    private Point randomPlace() {
        var addresses = context.city().addresses();
        return addresses.get(random.nextInt(addresses.size())).door();
    }

    private void reportHandOver(Job job) {
        if (job.isPickedUp()) {
            report(job.order(), List.of("delivered"), () -> {
                jobs.remove(job.order());
                delivered++;
            });
        } else {
            report(job.order(), List.of("picked_up", "in_transit"), () -> jobs.update(job.order(), "in_transit"));
        }
    }

    /// Reports one status after the other. A rejection means that the order has changed: it is loaded again, and the
    /// driver goes
    /// on from there.
    private void report(String order, List<String> statuses, Runnable onDone) {
        var request = Request.status(order, token, new JSONObject().put("status", statuses.getFirst()));
        context.sendUntilAnswered(request, response -> {
            if (response instanceof Response.Done && statuses.size() > 1) {
                report(order, statuses.subList(1, statuses.size()), onDone);
                return;
            }
            if (response instanceof Response.Done) {
                onDone.run();
            } else {
                jobs.remove(order);
                loadJobs();
            }
            activity = new Resting(context.clock().millis());
        });
    }

    private void handBack(Job job) {
        jobs.remove(job.order());
        socket.emit(
                "delivery:hand_back",
                new JSONObject().put("order_id", job.order()).put("reason", "The order was not ready"));
    }

    private void report() {
        var position = context.projection().position(place.point());
        socket.emit(
                "driver:location_update",
                new JSONObject()
                        .put("lat", position.latitude())
                        .put("lng", position.longitude())
                        .put("heading", place.heading())
                        .put("speed", place.speed() * context.plan().speed())
                        .put("accuracy", ACCURACY_METRES));
    }

    private long atLeast(Duration min, double seconds) {
        return Math.max(min.toMillis(), context.plan().lasting(seconds).toMillis());
    }

    private long restMs() {
        return context.plan()
                .lasting(REST_SECONDS * (0.5 + random.nextDouble()))
                .toMillis();
    }

    @Override
    public void close() {
        socket.close();
    }
}
