package waybill.cli.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestSocket;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;

/// Sixty-four clients in all dialects handle many orders at once. They repeat requests, cancel orders and compete for
/// parcels; in the second test the hub is killed repeatedly at random moments of a seed. Every acknowledged change is
/// stored and takes effect once, each order has a legal history and one driver, and every client has received all of
/// its own events and no others.
///
/// `-Dwaybill.seed=N`, `-Dwaybill.orders=N` and `-Dwaybill.kills=N` select another run, or a longer one.
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ManyClientsTest {

    private static final long SEED = Long.getLong("waybill.seed", 1);
    private static final int ORDERS = Integer.getInteger("waybill.orders", 1_000);
    private static final int KILLS = Integer.getInteger("waybill.kills", 3);

    /// Fewer orders, since kills take time.
    private static final int ORDERS_BETWEEN_KILLS = Math.max(1, ORDERS / 10);

    private static final int SHOPPERS = 16;
    private static final int STORES = 9;
    private static final int COURIERS = 24;
    private static final int VANS = 4;
    private static final int HIRED = 11;

    private static final TestUser ROOT = TestUser.admin("root");

    @TempDir
    private Path data = Path.of("");

    @Test
    void everyOrderHasOneLegalHistoryAndEveryPartyReceivesIt() throws IOException, InterruptedException {
        run(ORDERS, 0);
    }

    @Test
    void everyOrderHasOneLegalHistoryAlthoughTheHubIsKilled() throws IOException, InterruptedException {
        run(ORDERS_BETWEEN_KILLS * (KILLS + 1), KILLS);
    }

    private void run(int orders, int kills) throws IOException, InterruptedException {
        System.out.println("seed " + SEED + ", " + orders + " orders, " + kills + " kills");
        var random = new SplittableRandom(SEED);
        var secret = TokenSecret.create(data.resolve("secret"));
        var hub = start(0, secret);
        var url = hub.url();
        try (var rest = new RestClient(url, secret::token)) {
            var crowd = new Simulation(rest, new HubAvailability(), new ObservedState(), COURIERS + VANS);
            var members = members(url, crowd, secret, random, orders);
            members.forEach(SimulatedClient::connect);
            for (int kill = 0; kill < kills; kill++) {
                crowd.state().awaitEnded(kill * ORDERS_BETWEEN_KILLS + random.nextInt(ORDERS_BETWEEN_KILLS));
                crowd.availability().setDown();
                hub.close();
                hub = start(url.getPort(), secret);
                crowd.availability().setUp();
            }
            crowd.state().awaitEnded(orders);
            assertThat(crowd.state().violations()).isEmpty();
            new ResultVerifier(crowd, ROOT).verify(orders, socketSpecs(members));
            members.forEach(SimulatedClient::close);
            System.out.println(crowd.state());
            assertThat(crowd.state().violations()).isEmpty();
        } finally {
            hub.close();
        }
    }

    private HubProcess start(int port, TokenSecret secret) throws InterruptedException {
        return HubProcess.start(
                port,
                data.resolve("hub"),
                "--jwt-secret-file",
                secret.file().toString(),
                "--caps-open",
                "--order-rate",
                "0",
                "--session-rate",
                "0",
                "--rest-rate",
                "0");
    }

    private static List<TestSocket> socketSpecs(List<SimulatedClient> members) {
        return members.stream().map(member -> member.socketSpec).toList();
    }

    private static List<SimulatedClient> members(
            URI hub, Simulation crowd, TokenSecret secret, SplittableRandom random, int orders) {
        var members = new ArrayList<SimulatedClient>();
        for (int i = 0; i < SHOPPERS; i++) {
            var share = orders / SHOPPERS + (i < orders % SHOPPERS ? 1 : 0);
            var spec = anywhere(TestUser.customer("shopper-" + i), i, secret);
            members.add(new SimulatedCustomer(spec, hub, crowd, random.split(), STORES, share));
        }
        var hired = IntStream.range(0, HIRED).mapToObj(i -> "hired-" + i).toList();
        for (int i = 0; i < STORES; i++) {
            var spec = anywhere(TestUser.merchant("keeper-" + i, "store-" + i), i, secret);
            members.add(new SimulatedStore(spec, hub, crowd, random.split(), hired));
        }
        for (int i = 0; i < COURIERS; i++) {
            var party = TestUser.driver("courier-" + i);
            members.add(new SimulatedDriver(
                    TestSocket.marketplace(party, secret.token(party)), hub, crowd, random.split(), i));
        }
        for (int i = 0; i < HIRED; i++) {
            var party = TestUser.driver(hired.get(i));
            var token = secret.token(party);
            var spec = i % 2 == 0 ? TestSocket.realtime(party, token) : TestSocket.ofRole(party, "/delivery", token);
            members.add(new SimulatedDriver(spec, hub, crowd, random.split(), -1));
        }
        for (int i = 0; i < VANS; i++) {
            var spec = TestSocket.caps(TestUser.driver("van-" + i), "phase3");
            members.add(new SimulatedCapsDriver(spec, hub, crowd, random.split(), COURIERS + i));
        }
        return members;
    }

    private static TestSocket anywhere(TestUser party, int i, TokenSecret secret) {
        List<BiFunction<TestUser, String, TestSocket>> dialects =
                List.of(TestSocket::realtime, TestSocket::marketplace, TestSocket::storefront);
        return dialects.get(i % dialects.size()).apply(party, secret.token(party));
    }
}
