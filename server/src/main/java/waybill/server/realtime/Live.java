package waybill.server.realtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import waybill.access.Principal;
import waybill.order.Relay;
import waybill.server.dialect.Rejection;
import waybill.server.dialect.Report;
import waybill.server.identity.Guard;
import waybill.socketio.Ack;
import waybill.socketio.Args;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// The dialects, live: takes over their namespaces, hears what is said there, and tells what has happened.
public final class Live implements AutoCloseable {

    /// What the guard hears itself.
    private static final String REFRESH = "auth:refresh";

    private final LiveServices services;
    private final ThreadHealth health = new ThreadHealth();
    private final List<Namespace> namespaces;
    private final Audiences audiences;
    private final AdmissionLimits admission;
    private final Positions positions;
    private final PositionReports reports;
    private final People people;
    private final LiveSession session;
    private final Conversation conversation;
    private final LiveNews news;
    private final ClientCheckpoints checkpoints;
    private final NewOrders newOrders;
    private final Ticker ticker;

    /// Takes over the namespaces: their handlers are these.
    public Live(SocketServer sockets, Guard guard, LiveServices services) {
        this.services = services;
        audiences = Audiences.of(sockets, new KnownNames(services.directory(), services.clock()));
        admission = new AdmissionLimits(
                services.identity(),
                new Handshakes(
                        services.limits(), services.random(), services.clock().millis()),
                services.active(),
                services.limits(),
                services.clock());
        positions = new Positions(services, audiences.all());
        positions.recall();
        checkpoints = new ClientCheckpoints(services, services.log().mark(Newsroom.RELAY));
        var replays = new Replays(services, checkpoints, health);
        var work = new LiveWork(services);
        var questions = new Questions(work);
        newOrders = new NewOrders(services, questions, checkpoints);
        var requests = new Requests(services, questions);
        var deadlines = new Deadlines(
                services.book(), services.orders(), services.readers(), services.clock(), services.elapsedMs());
        var abandoned = new Abandoned(
                services.book(),
                services.journal(),
                services.orders(),
                services.readers(),
                services.abandoned(),
                services.elapsedMs());
        people = new People(services.journal());
        guard.onSeen(people::seen);
        session = new LiveSession(services, replays, newOrders, requests, people);
        reports = new PositionReports(services, positions);
        conversation = new Conversation(
                services, session, new Watching(services, positions, checkpoints), new Missed(services), work, reports);
        news = new LiveNews(services, audiences, positions, replays, health, newOrders, requests, deadlines);
        ticker = new Ticker(
                List.of(
                        positions::tellDue,
                        newOrders::look,
                        deadlines::look,
                        abandoned::look,
                        replays::look,
                        checkpoints::look),
                health);
        namespaces =
                Stream.of(Hall.values()).map(hall -> sockets.of(hall.namespace)).toList();
        for (var hall : Hall.values()) {
            open(hall, sockets.of(hall.namespace), guard);
        }
    }

    private void open(Hall hall, Namespace namespace, Guard guard) {
        var entrance = new LiveEntrance(hall, audiences, admission, services);
        namespace.use((socket, next) -> entrance.atTheGate(socket)
                .ifPresentOrElse(rejection -> guard.refuse(socket, rejection, next), next::proceed));
        guard.protect(
                namespace,
                entrance::takesStrangers,
                entrance::atTheDoor,
                (socket, principal) -> come(entrance, socket, principal));
        SocketLog.of(namespace);
        namespace.filter(this::hear);
        namespace.onDisconnect((socket, _) -> {
            if (socket.data() instanceof Client client) {
                session.disconnected(client);
            }
        });
    }

    private void come(LiveEntrance entrance, Socket socket, Optional<Principal> principal) {
        var former = socket.recovered() && socket.data() instanceof Client one ? one : null;
        var client = entrance.client(socket, principal);
        socket.data(client);
        session.connected(client, former);
    }

    /// Everything that a socket says is heard here, so that what no dialect knows is answered too.
    private boolean hear(Socket socket, String event, Args args, Ack ack) {
        if (event.equals(REFRESH) || !(socket.data() instanceof Client client)) {
            return true;
        }
        conversation.hear(client, event, args, ack);
        return false;
    }

    /// Who tells the namespaces what has happened.
    public Relay.World news() {
        return news;
    }

    /// A driver says where it is, over another way than a socket.
    ///
    /// @param isList whether it came as a list, of which each is answered for itself
    /// @param unread what could not be understood of it
    public CompletionStage<Positions.Outcome> report(
            Principal driver, List<Report> said, boolean isList, List<Rejection> unread) {
        return reports.hear(driver, said, isList, unread);
    }

    /// How many sockets may come, whatever the namespace.
    public AdmissionLimits admission() {
        return admission;
    }

    public Positions positions() {
        return positions;
    }

    /// Who is connected.
    public Clients clients() {
        return services.clients();
    }

    /// Somebody has shown who they are.
    public void seen(Principal principal) {
        people.seen(principal);
    }

    /// Where the dialects are spoken.
    public List<Namespace> namespaces() {
        return namespaces;
    }

    /// What has come and gone in each dialect.
    public List<Tally> tallies() {
        return audiences.all().stream().map(Audience::tally).toList();
    }

    /// New orders that stores have yet to confirm, of those who are here.
    public int unconfirmedOrders() {
        return newOrders.unconfirmed();
    }

    /// How often each event was said since the start, to however many.
    public Map<String, Long> eventsSent() {
        return audiences.eventsSent();
    }

    /// Whether the threads that everything needs are well; those of others may be known here too.
    public ThreadHealth health() {
        return health;
    }

    /// Begins to look for what is due.
    public void start() {
        ticker.start();
    }

    @Override
    public void close() {
        ticker.close();
        checkpoints.close();
    }
}
