package waybill.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/// All metrics of this process: those of the JVM, and those registered here. Thread-safe.
public final class MetricsRegistry implements AutoCloseable {

    /// The content type of [#scrape].
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<Family> families = new CopyOnWriteArrayList<>();
    private final List<LongSupplier> counters = new CopyOnWriteArrayList<>(); // which the registry holds weakly

    private final Set<Series> shown = ConcurrentHashMap.newKeySet();

    /// One of the series of a family, by its name.
    private record Series(Family family, String name) {}

    /// Counters that are one series for each of their names, under `label`.
    private record Family(String name, String help, String label, Tags tags, NamedCounters counts) {}

    public MetricsRegistry() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /// For metrics that are recorded as events happen.
    public MeterRegistry registry() {
        return registry;
    }

    /// A value that goes up and down.
    public void gauge(String name, String help, Tags tags, LongSupplier value) {
        Gauge.builder(name, value::getAsLong).description(help).tags(tags).register(registry);
    }

    /// A value that is counted elsewhere, and never goes down.
    public void counter(String name, String help, LongSupplier count) {
        counter(name, help, Tags.empty(), count);
    }

    /// The same, as one series of several.
    public void counter(String name, String help, Tags tags, LongSupplier count) {
        counters.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    /// Counters by name: each is a series from its first event on.
    public void counters(String name, String help, String label, Tags tags, NamedCounters counts) {
        families.add(new Family(name, help, label, tags, counts));
    }

    /// All metrics, in the text format of Prometheus. Takes a few milliseconds.
    public String scrape() {
        for (var family : families) {
            for (var name : family.counts.names()) {
                if (shown.add(new Series(family, name))) { // the registry warns of a second time
                    FunctionCounter.builder(family.name, family.counts, counts -> counts.of(name))
                            .description(family.help)
                            .tags(family.tags.and(family.label, name))
                            .register(registry);
                }
            }
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
