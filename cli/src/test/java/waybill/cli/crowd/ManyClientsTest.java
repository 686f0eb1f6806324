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
import waybill.cli.orders.Party;
import waybill.cli.orders.Rest;
import waybill.cli.orders.Seat;
import waybill.cli.orders.Secret;

/// Sixty-four clients in all dialects drive many orders at once. They repeat themselves, change their minds and want
/// the same parcels; in the second test the hub is killed under them again and again, at moments that a seed draws.
/// What it has acknowledged is kept and takes effect once, each order lives a life that is allowed and has one driver,
/// and everybody has heard of all that concerns them and of nothing else.
///
/// `-Dwaybill.seed=N`, `-Dwaybill.orders=N` and `-Dwaybill.kills=N` run another course, or a longer one.
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ManyClientsTest {

    private static final long SEED = Long.getLong("waybill.seed", 1);
    private static final int ORDERS = Integer.getInteger("waybill.orders", 1_000);
    private static final int KILLS = Integer.getInteger("waybill.kills", 3);

    /// Killing takes its time, so there are fewer orders for it.
    private static final int ORDERS_BETWEEN_KILLS = Math.max(1, ORDERS / 10);

    private static final int SHOPPERS = 16;
    private static final int STORES = 9;
    private static final int COURIERS = 24;
    private static final int VANS = 4;
    private static final int HIRED = 11;

    private static final Party ROOT = Party.admin("root");

    @TempDir
    private Path data = Path.of("");

    @Test
    void everyOrderLivesOneLifeAndEverybodyHearsOfTheirOwn() throws IOException, InterruptedException {
        run(ORDERS, 0);
    }

    @Test
    void theSameWhenTheHubIsKilledUnderThem() throws IOException, InterruptedException {
        run(ORDERS_BETWEEN_KILLS * (KILLS + 1), KILLS);
    }

    private void run(int orders, int kills) throws IOException, InterruptedException {
        System.out.println("seed " + SEED + ", " + orders + " orders, " + kills + " kills");
        var random = new SplittableRandom(SEED);
        var secret = Secret.in(data.resolve("secret"));
        var hub = start(0, secret);
        var url = hub.url();
        try (var rest = new Rest(url, secret::token)) {
            var crowd = new Crowd(rest, new Gate(), new Books(), COURIERS + VANS);
            var members = members(url, crowd, secret, random, orders);
            members.forEach(Member::open);
            for (int kill = 0; kill < kills; kill++) {
                crowd.books().awaitEnded(kill * ORDERS_BETWEEN_KILLS + random.nextInt(ORDERS_BETWEEN_KILLS));
                crowd.gate().shut();
                hub.close();
                hub = start(url.getPort(), secret);
                crowd.gate().open();
            }
            crowd.books().awaitEnded(orders);
            assertThat(crowd.books().complaints()).isEmpty();
            new Judge(crowd, ROOT).judge(orders, seats(members));
            members.forEach(Member::close);
            System.out.println(crowd.books());
            assertThat(crowd.books().complaints()).isEmpty();
        } finally {
            hub.close();
        }
    }

    private HubProcess start(int port, Secret secret) throws InterruptedException {
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

    private static List<Seat> seats(List<Member> members) {
        return members.stream().map(member -> member.seat).toList();
    }

    private static List<Member> members(URI hub, Crowd crowd, Secret secret, SplittableRandom random, int orders) {
        var members = new ArrayList<Member>();
        for (int i = 0; i < SHOPPERS; i++) {
            var share = orders / SHOPPERS + (i < orders % SHOPPERS ? 1 : 0);
            var seat = anywhere(Party.customer("shopper-" + i), i, secret);
            members.add(new Shopper(seat, hub, crowd, random.split(), STORES, share));
        }
        var hired = IntStream.range(0, HIRED).mapToObj(i -> "hired-" + i).toList();
        for (int i = 0; i < STORES; i++) {
            var seat = anywhere(Party.merchant("keeper-" + i, "store-" + i), i, secret);
            members.add(new Keeper(seat, hub, crowd, random.split(), hired));
        }
        for (int i = 0; i < COURIERS; i++) {
            var party = Party.driver("courier-" + i);
            members.add(new Courier(Seat.marketplace(party, secret.token(party)), hub, crowd, random.split(), i));
        }
        for (int i = 0; i < HIRED; i++) {
            var party = Party.driver(hired.get(i));
            var token = secret.token(party);
            var seat = i % 2 == 0 ? Seat.realtime(party, token) : Seat.ofRole(party, "/delivery", token);
            members.add(new Courier(seat, hub, crowd, random.split(), -1));
        }
        for (int i = 0; i < VANS; i++) {
            var seat = Seat.caps(Party.driver("van-" + i), "phase3");
            members.add(new Van(seat, hub, crowd, random.split(), COURIERS + i));
        }
        return members;
    }

    private static Seat anywhere(Party party, int i, Secret secret) {
        List<BiFunction<Party, String, Seat>> dialects = List.of(Seat::realtime, Seat::marketplace, Seat::storefront);
        return dialects.get(i % dialects.size()).apply(party, secret.token(party));
    }
}
