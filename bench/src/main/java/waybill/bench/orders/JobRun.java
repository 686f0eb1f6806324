package waybill.bench.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.hub.dispatch.DispatchSettings;
import waybill.hub.outbound.JobRunner;
import waybill.outbound.Channel;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookSecret;
import waybill.server.Config;
import waybill.server.NotificationServices;
import waybill.server.OrderSettings;
import waybill.server.Parts;
import waybill.server.Platform;
import waybill.server.StartedParts;
import waybill.server.webhook.WebhookTransport;
import waybill.storage.sql.Disk;

/// `waybill bench jobs`: measures what outbound jobs cost: an event with a webhook beside one without, and the sending
/// of
/// jobs that wait. The receiver is in the process and answers at once, so that the network is not measured.
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures outbound jobs alone: orders placed without and with a webhook by turns, each synced to "
                + "the disk, and then the sending of the webhooks to a receiver that answers at once.")
public final class JobRun implements Callable<Integer> {

    /// The hub's scheduler calls its tasks as often.
    private static final long RUN_DUE_EVERY_MS = 50;

    @Option(names = "--runs", paramLabel = "N", description = "runs of each kind, by turns (${DEFAULT-VALUE})")
    private int runs = 3;

    @Option(names = "--events", paramLabel = "N", description = "orders placed in a run (${DEFAULT-VALUE})")
    private int events = 20_000;

    @Option(
            names = "--endpoints",
            paramLabel = "N",
            description = "endpoints of webhooks, each of which receives each event (${DEFAULT-VALUE})")
    private int endpoints = 1;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "clients that each wait for a response (${DEFAULT-VALUE})")
    private int clients = 256;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the directory of the temporary databases (${DEFAULT-VALUE})")
    private Path parent = Path.of("bench/target");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(parent);
        measure(0, events, false); // a warm-up
        measure(endpoints, events, false);
        for (var run = 1; run <= runs; run++) {
            measure(0, events, true);
            measure(endpoints, events, true);
        }
        return 0;
    }

    private void measure(int receivers, int count, boolean isPrinted) throws IOException, InterruptedException {
        var data = Files.createTempDirectory(parent, "jobs");
        var machine = Platform.system();
        var platform = new Platform(
                machine.clock(),
                machine.nanoTime(),
                machine.random(),
                machine.threads(),
                Disk.ofMachine(),
                (_, _, _) -> new Receiver(),
                NotificationServices.ofMachine());
        var config = Config.defaults(data)
                .withOrders(new OrderSettings("WB", Duration.ZERO, Duration.ZERO, Duration.ZERO)
                        .withDispatch(DispatchSettings.defaults()
                                .withStrategy(DispatchSettings.Strategy.OFF))); // no deadlines
        try (var started = new StartedParts()) {
            var parts = Parts.start(config, platform, started);
            for (var number = 0; number < receivers; number++) {
                createEndpoint(parts, "receiver-" + number);
            }
            var placing = Span.begin();
            place(parts, count);
            placing.end(isPrinted, receivers + " webhooks: placed", count);
            if (receivers > 0) {
                var sending = Span.begin();
                send(parts, (long) count * receivers);
                sending.end(isPrinted, receivers + " webhooks: sent", (long) count * receivers);
            }
        } finally {
            OrderRun.delete(data);
        }
    }

    private static void createEndpoint(Parts parts, String id) {
        var endpoint = new WebhookEndpoint(
                id,
                "https://books.example.com/" + id,
                Set.of(),
                null,
                "",
                Instant.now(),
                WebhookSecret.generate(new SecureRandom()),
                null,
                null,
                null);
        parts.storage()
                .store()
                .journal()
                .submit(work -> {
                    work.saveWebhook(endpoint);
                    return true;
                })
                .join();
    }

    private void place(Parts parts, int count) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < clients; number++) {
            var client = new OrderClient(parts.core().orders(), number, OrderClient.Life.PLACED);
            var orders = count / clients + (number < count % clients ? 1 : 0);
            threads.add(Thread.ofVirtual().start(() -> {
                for (var placed = 0; placed < orders; placed++) {
                    client.next();
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void send(Parts parts, long count) throws InterruptedException {
        var runner = parts.outbound().runners().stream()
                .filter(one -> one.channel() == Channel.WEBHOOK)
                .findFirst()
                .orElseThrow();
        while (runner.counters().delivered() < count) {
            requireNoFailure(runner);
            runner.runDue();
            TimeUnit.MILLISECONDS.sleep(RUN_DUE_EVERY_MS);
        }
    }

    private static void requireNoFailure(JobRunner runner) {
        var counters = runner.counters();
        if (counters.failed() + counters.dead() + counters.skipped() > 0) {
            throw new IllegalStateException("a webhook was not delivered (expected: all)");
        }
    }

    /// Answers at once.
    private static final class Receiver implements WebhookTransport {

        @Override
        public CompletableFuture<Answer> post(Request request) {
            return CompletableFuture.completedFuture(new Answer.Response(200, null));
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }

    /// Time on the clock and of the CPU.
    private record Span(long beganNanos, long cpuBegan) {

        static Span begin() {
            return new Span(System.nanoTime(), OrderRun.cpuNanos());
        }

        void end(boolean isPrinted, String what, long count) {
            var seconds = (System.nanoTime() - beganNanos) / 1e9;
            var cpuMicros = (OrderRun.cpuNanos() - cpuBegan) / 1e3;
            if (isPrinted) {
                System.out.printf(
                        Locale.ROOT,
                        "%-20s %,9d  %,9.0f/s  CPU %6.1f µs each%n",
                        what,
                        count,
                        count / seconds,
                        cpuMicros / count);
            }
        }
    }
}
