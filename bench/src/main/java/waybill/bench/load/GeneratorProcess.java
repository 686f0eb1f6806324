package waybill.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// The generator in its own process, so that its memory, compiler and collector are not the server's:
///
///     BENCH_SECRET=… java waybill.bench.load.GeneratorProcess scenario port serverPid warmupMs measureMs
/// idleConnections
///
/// Prints one line, the [RunResult] as JSON.
public final class GeneratorProcess {

    private GeneratorProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var full = Scenario.Size.FULL;
        var size = full.withIdle(Integer.parseInt(args[5]));
        var scenario = Scenario.named(args[0], size, System.getenv("BENCH_SECRET"));
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        var plan = RunPhases.of(millis(args[3]), millis(args[4]));
        try (var generator = new Generator(scenario, server, Long.parseLong(args[2]), System.currentTimeMillis())) {
            System.out.println(new ObjectMapper().writeValueAsString(generator.run(plan)));
        }
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }
}
