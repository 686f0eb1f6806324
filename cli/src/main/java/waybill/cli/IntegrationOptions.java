package waybill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.hub.alert.AlertThresholds;
import waybill.server.IntegrationSettings;
import waybill.server.rest.payment.PaymentSecrets;

/// The options of what other systems send to the hub, and of what administrators are told.
final class IntegrationOptions {

    private static final String STRIPE = "WAYBILL_STRIPE_WEBHOOK_SECRET";
    private static final String RAZORPAY = "WAYBILL_RAZORPAY_WEBHOOK_SECRET";

    @Option(
            names = "--emit-rate",
            paramLabel = "N",
            description = "events that one caller emits to clients over REST per second, 0 for no limit (default:"
                    + " ${DEFAULT-VALUE})")
    private int emitRate = IntegrationSettings.EMITS_PER_SECOND;

    @Option(
            names = "--stripe-webhook-secret-file",
            paramLabel = "FILE",
            description = "file with the secrets by which Stripe signs payments, one a line (default: those in "
                    + STRIPE + ", separated by commas; without any, the hub takes none)")
    private @Nullable Path stripeFile;

    @Option(
            names = "--razorpay-webhook-secret-file",
            paramLabel = "FILE",
            description = "the same for Razorpay (default: those in " + RAZORPAY + ")")
    private @Nullable Path razorpayFile;

    @Option(
            names = "--alert-unanswered-after",
            paramLabel = "SECONDS",
            description = "alert when a store has not answered a new order for so long, 0 for never (default:"
                    + " ${DEFAULT-VALUE})")
    private int unansweredAfter = AlertThresholds.UNANSWERED_SECONDS;

    @Option(
            names = "--no-driver-alerts",
            description = "no alert when the signal of a driver with an order is lost (default: an alert)")
    private boolean noDriverAlerts;

    @Option(
            names = "--alert-disk-free",
            paramLabel = "MIB",
            description = "alert when less is free in the data directory, 0 for never (default: ${DEFAULT-VALUE})")
    private int diskFree = AlertThresholds.DISK_FREE_MIB;

    @Option(
            names = "--alert-journal-queue",
            paramLabel = "N",
            description =
                    "alert when so many transactions wait to be written, 0 for never (default:" + " ${DEFAULT-VALUE})")
    private int journalQueue = AlertThresholds.JOURNAL_QUEUE_MAX;

    @Option(
            names = "--alert-relay-lag",
            paramLabel = "N",
            description = "alert when so many committed events wait to be published, 0 for never (default:"
                    + " ${DEFAULT-VALUE})")
    private int relayLag = AlertThresholds.RELAY_LAG_MAX;

    @Option(
            names = "--alert-queue",
            paramLabel = "N",
            description = "alert when so many messages wait in a queue of /caps, 0 for never (default:"
                    + " ${DEFAULT-VALUE})")
    private int queue = AlertThresholds.QUEUE_MAX;

    @Option(
            names = "--alert-outbound",
            paramLabel = "N",
            description = "alert when so many webhooks, push messages or e-mails wait to be sent, 0 for never (default:"
                    + " ${DEFAULT-VALUE})")
    private int outbound = AlertThresholds.OUTBOUND_MAX;

    IntegrationSettings settings(Map<String, String> environment) {
        return IntegrationSettings.defaults()
                .withEmitsPerSecond(emitRate)
                .withPayments(new PaymentSecrets(
                        secrets("stripe-webhook-secret-file", stripeFile, environment, STRIPE),
                        secrets("razorpay-webhook-secret-file", razorpayFile, environment, RAZORPAY)))
                .withAlerts(new AlertThresholds(
                        Duration.ofSeconds(unansweredAfter),
                        !noDriverAlerts,
                        (long) diskFree << 20,
                        journalQueue,
                        relayLag,
                        queue,
                        outbound));
    }

    private static List<String> secrets(
            String option, @Nullable Path file, Map<String, String> environment, String variable) {
        var secrets = file == null
                ? SigningOptions.optionOrVariable(null, environment, variable).stream()
                        .flatMap(text -> Stream.of(text.split(",", -1)))
                : lines(option, file).stream();
        return secrets.map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static List<String> lines(String option, Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            throw new IllegalArgumentException(
                    option + ": " + file + " cannot be read (expected: a file with a secret on each line)");
        }
    }
}
