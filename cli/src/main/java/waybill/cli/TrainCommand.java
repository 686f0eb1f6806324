package waybill.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.cli.city.CityGenerator;
import waybill.cli.demo.DemoActors;
import waybill.cli.demo.LineView;
import waybill.cli.demo.QueueDepthPoller;
import waybill.cli.driver.WorkPace;
import waybill.cli.traffic.TrafficPlan;
import waybill.cli.training.TrainingRun;
import waybill.cli.vendor.Order;
import waybill.server.identity.DevelopmentSecret;
import waybill.server.identity.Grant;
import waybill.server.identity.TokenIssuer;

/// `waybill train`: the launcher runs it once after a build, to fill the JVM's cache.
@Command(
        name = "train",
        description = "Runs a hub, the demo and many clients for a few seconds, to fill the JVM's cache.",
        hidden = true,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class TrainCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final WorkPace PACE = new WorkPace(Duration.ofMillis(500), Duration.ofSeconds(1), 50);

    private static final TrafficPlan CITY = new TrafficPlan(8, TrafficPlan.SPEED_MAX);

    private final SecureRandom random;
    private final InstantSource clock;

    @Option(names = "--orders", paramLabel = "N", description = "how many orders to run (default: ${DEFAULT-VALUE})")
    private int orders = 100;

    @Option(names = "--for", paramLabel = "TIME", description = "stop after this time, complete or not (default: 30s)")
    private Duration length = Duration.ofSeconds(30);

    TrainCommand(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        var view = new LineView(System.out);
        try (var folder = DataDirectory.of(null);
                var hub = RunningHub.start(serve(folder).config());
                var queues = new QueueDepthPoller(hub.url());
                var actors = new DemoActors(hub.url(), EVERY, PACE, () -> Order.random(random), view::onEvent);
                var city = DemoCity.of(CITY, 1, () -> CityGenerator.city(1), folder.path());
                var trainingRun = new TrainingRun(hub.url(), tokens(folder)::issue)) {
            actors.start();
            city.start(hub.url(), clock);
            queues.poll();
            var end = clock.instant().plus(length);
            trainingRun.play(orders, () -> clock.instant().isAfter(end));
            System.out.println(trainingRun.connected() + " sockets have connected");
        }
        return 0;
    }

    /// A hub as `serve` starts it, without limits and independent of the environment.
    private static ServeCommand serve(DataDirectory folder) {
        var serve = new ServeCommand(new Environment(Map.of(), folder.path().resolve(".env")));
        Main.register(new CommandLine(serve))
                .parseArgs(
                        "--port=0",
                        "--data=" + folder.path(),
                        "--rest-rate=0",
                        "--order-rate=0",
                        "--session-rate=0",
                        "--position-rate=0",
                        "--sockets-per-user=0",
                        "--handshake-rate=0",
                        "--address-rate=0");
        return serve;
    }

    /// Issues tokens that the hub accepts.
    private record Tokens(TokenIssuer issuer) {
        String issue(String user, Role role) {
            var store = role == Role.MERCHANT ? user : null;
            return issuer.issue(new Grant(new Principal(user, role, null, null, store), Grant.EXPIRES_IN_DEFAULT));
        }
    }

    private Tokens tokens(DataDirectory folder) {
        return new Tokens(new TokenIssuer(
                DevelopmentSecret.loadOrCreate(folder.path(), random), Optional.empty(), Optional.empty(), clock));
    }
}
