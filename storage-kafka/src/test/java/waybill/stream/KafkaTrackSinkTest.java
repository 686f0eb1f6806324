package waybill.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.geo.Position;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;
import waybill.tracking.TrackSink;

/// Points in a topic of a broker of Kafka.
@Timeout(120)
class KafkaTrackSinkTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path data;

    @SuppressWarnings("NullAway.Init")
    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaBroker(data);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static KafkaSettings settings(String topic) {
        return new KafkaSettings(broker.address(), topic, Map.of());
    }

    private static ClassifiedFix point(String driver, int second) {
        var fix =
                new Fix(driver, new Position(59.91, 10.75), Fix.UNKNOWN, 8.5, 12.25, 1_000L * second, 1_000L * second);
        return new ClassifiedFix(fix, FixStatus.ACCEPTED);
    }

    private static List<ConsumerRecord<String, String>> read(String topic, int count) {
        var properties = Map.<String, Object>of(
                "bootstrap.servers", broker.address(), "group.id", topic, "auto.offset.reset", "earliest");
        var records = new ArrayList<ConsumerRecord<String, String>>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    @Test
    void pointsOfADriverAreInOnePartitionInTheirOrder() throws TrackSink.FailedException {
        try (var sink = KafkaTrackSink.create(settings("positions"))) {
            var points = IntStream.range(0, 1_000)
                    .mapToObj(i -> point("driver-" + i % 20, i))
                    .toList();
            assertThat(sink.write(points)).isEqualTo(1_000);
        }
        var records = read("positions", 1_000);
        assertThat(records).hasSize(1_000);
        assertThat(records).extracting(ConsumerRecord::partition).contains(0, 1, 2, 3);
        for (var driver = 0; driver < 20; driver++) {
            var key = "driver-" + driver;
            var own = records.stream().filter(one -> one.key().equals(key)).toList();
            assertThat(own)
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(own.getFirst().partition());
            assertThat(own).extracting(ConsumerRecord::timestamp).hasSize(50).isSorted();
        }
        assertThat(records)
                .filteredOn(one -> one.timestamp() == 7_000)
                .extracting(ConsumerRecord::value)
                .containsExactly("{\"driverId\":\"driver-7\",\"latitude\":59.91,\"longitude\":10.75,\"speed\":8.5,"
                        + "\"accuracy\":12.25,\"recordedAtMs\":7000,\"receivedAtMs\":7000,\"status\":\"accepted\"}");
    }

    @Test
    void aBatchThatABrokerDoesNotTakeIsWrittenLater() throws TrackSink.FailedException {
        var quick = Map.of("max.block.ms", "500", "delivery.timeout.ms", "1500", "request.timeout.ms", "500");
        try (var sink = KafkaTrackSink.create(new KafkaSettings(broker.address(), "later", quick))) {
            write(sink, List.of(point("kari", 1)));
            broker.stop();
            var batch = List.of(point("kari", 2), point("kari", 3));
            assertThatThrownBy(() -> sink.write(batch))
                    .isInstanceOfSatisfying(
                            TrackSink.FailedException.class,
                            failure -> assertThat(failure.isTransient()).isTrue())
                    .hasMessageStartingWith("the topic later on ");
            broker.startAgain();
            write(sink, batch);
        }
        assertThat(read("later", 3)).extracting(ConsumerRecord::timestamp).contains(1_000L, 2_000L, 3_000L);
    }

    /// However long the broker takes to start.
    private static void write(TrackSink sink, List<ClassifiedFix> batch) {
        for (var written = 0; written == 0; ) {
            try {
                written = sink.write(batch);
            } catch (TrackSink.FailedException e) {
                assertThat(e.isTransient()).isTrue();
            }
        }
    }

    @Test
    void aPointThatIsTooLargeIsNotTriedAgain() {
        var driver = "x".repeat(2 << 20); // a record has at most 1 MiB
        try (var sink = KafkaTrackSink.create(settings("large"))) {
            assertThatThrownBy(() -> sink.write(List.of(point(driver, 1))))
                    .isInstanceOfSatisfying(
                            TrackSink.FailedException.class,
                            failure -> assertThat(failure.isTransient()).isFalse());
        }
    }

    @Test
    void settingsSayWhatIsExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KafkaSettings("broker", "positions", Map.of()))
                .withMessage("tracks-kafka: broker (expected: host:port, of several servers with commas)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KafkaSettings("a:9092,b:9092", "po sitions", Map.of()))
                .withMessageStartingWith("tracks-topic: po sitions (expected: ");
        var wrong = new KafkaSettings("a:9092", "positions", Map.of("linger.ms", "soon"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaTrackSink.create(wrong))
                .withMessageStartingWith("tracks-kafka-file: Invalid value soon for configuration linger.ms");
    }
}
