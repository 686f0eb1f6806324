/// Positions of drivers in a topic of Apache Kafka, for readers outside of the hub. Start with
/// [waybill.stream.KafkaTrackSink].
///
/// Depends on the domain alone. Nothing else names the client library.
@NullMarked
package waybill.stream;

import org.jspecify.annotations.NullMarked;
