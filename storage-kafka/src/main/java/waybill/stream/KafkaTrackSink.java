package waybill.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.TrackSink;

/// Writes points to a topic. The key of a record is the driver, so that those of one driver are in one partition, in
/// the
/// order in which they were received. A batch counts as written when all in-sync replicas have it (`acks=all`). After a
/// failure it is written again as a whole, so readers may see a point twice: its driver and `recordedAtMs` name it.
///
/// Belongs to the thread that writes tracks.
public final class KafkaTrackSink implements TrackSink {

    private static final String NAME = "kafka";

    /// How long a batch is tried before it counts as failed.
    private static final Duration DELIVERY_MAX = Duration.ofSeconds(20);

    /// The time of one request.
    private static final Duration REQUEST_MAX = Duration.ofSeconds(10);

    /// How long a server is looked for.
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /// What the client holds of a batch.
    private static final long BUFFER_BYTES = 16L << 20;

    private static final int BATCH_BYTES = 128 << 10;

    /// How long the end of the hub waits for a server.
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final Function<Map<String, Object>, Producer<String, byte[]>> producers;
    private @Nullable Producer<String, byte[]> producerOrNone;

    KafkaTrackSink(KafkaSettings settings, Function<Map<String, Object>, Producer<String, byte[]>> producers) {
        this.settings = settings;
        this.producers = producers;
    }

    /// Connects with the first batch. Throws when the properties are not those of the client library.
    public static KafkaTrackSink create(KafkaSettings settings) {
        var sink = new KafkaTrackSink(settings, KafkaProducer::new);
        try {
            new ProducerConfig(sink.properties());
        } catch (KafkaException e) {
            throw new IllegalArgumentException("tracks-kafka-file: " + e.getMessage(), e);
        }
        return sink;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int write(List<ClassifiedFix> points) throws FailedException {
        try {
            var producer = open();
            var sent = new ArrayList<Future<RecordMetadata>>(points.size());
            for (var point : points) {
                var fix = point.fix();
                sent.add(producer.send(new ProducerRecord<>(
                        settings.topic(), null, fix.receivedAtMs(), fix.driver(), TrackRecordJson.encode(point))));
            }
            producer.flush();
            for (var one : sent) {
                one.get();
            }
            return points.size();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        }
    }

    /// The client is closed, so that nothing of the batch is still under way when it is written again.
    private FailedException failure(Throwable cause) {
        close();
        var isOfABatch = cause instanceof RecordTooLargeException || cause instanceof SerializationException;
        return new FailedException(settings + ": " + cause.getMessage(), !isOfABatch, cause);
    }

    /// The servers delete old records.
    @Override
    public boolean purge(long beforeMs) {
        return false;
    }

    private Producer<String, byte[]> open() {
        var open = producerOrNone;
        if (open == null) {
            open = producers.apply(properties());
            producerOrNone = open;
        }
        return open;
    }

    private Map<String, Object> properties() {
        var properties = new HashMap<String, Object>(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "waybill",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                BUFFER_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                CONNECT_MAX.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) REQUEST_MAX.toMillis(),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) DELIVERY_MAX.toMillis()));
        properties.putAll(settings.properties());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    @Override
    public void close() {
        var open = producerOrNone;
        producerOrNone = null;
        if (open != null) {
            open.close(CLOSE_MAX);
        }
    }
}
