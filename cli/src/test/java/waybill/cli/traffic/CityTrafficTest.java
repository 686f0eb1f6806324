package waybill.cli.traffic;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.city.CityGenerator;
import waybill.cli.traffic.CityTraffic.Figures;

@Timeout(180)
class CityTrafficTest {

    private static final TrafficPlan PLAN = new TrafficPlan(4, TrafficPlan.SPEED_MAX);

    @TempDir
    private Path data = Path.of("");

    private final BlockingQueue<Figures> figures = new LinkedBlockingQueue<>();

    @Test
    void theActorsGoOnWithTheirOrdersAfterTheHubWasKilled() throws InterruptedException {
        var hub = hub(0);
        try (var traffic =
                new CityTraffic(hub.url(), CityGenerator.city(1), PLAN, InstantSource.system(), 1, figures::add)) {
            traffic.start();
            await(now -> now.busy() > 0);
            hub.close();
            await(now -> now.drivers() == 0);
            hub = hub(hub.url().getPort());
            await(now -> now.delivered() > 0);
        } finally {
            hub.close();
        }
    }

    private HubProcess hub(int port) throws InterruptedException {
        return HubProcess.start(port, data, "--speed-max", "4200");
    }

    private void await(Predicate<Figures> condition) throws InterruptedException {
        while (!condition.test(figures.take())) {}
    }
}
