package waybill.socketio.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two connections to Redis: one that publishes, one that is subscribed. Thread-safe; no call waits.
///
/// It connects, and connects again, for as long as it is open. While it is not connected, or too much is on its way,
/// what is published is dropped and counted. A message that may have been published when the connection broke is not
/// published again.
final class RedisLink implements AutoCloseable {

    /// Hears the messages of a channel, on the thread that reads from Redis: it must not wait.
    @FunctionalInterface
    interface Listener {
        void onMessage(String channel, byte[] message);
    }

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    private static final Duration SUBSCRIBE_RETRY = Duration.ofSeconds(1);

    private final RedisConfig config;
    private final LettuceClient client;
    private final LinkState state;
    private final Map<String, Listener> channels = new ConcurrentHashMap<>();
    private final Map<String, Listener> patterns = new ConcurrentHashMap<>();
    private final AtomicLong bytesOnTheirWay = new AtomicLong();
    private final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
    private volatile @Nullable StatefulRedisConnection<String, byte[]> publishing;
    private volatile @Nullable StatefulRedisPubSubConnection<String, byte[]> subscribing;
    private volatile boolean closed;

    RedisLink(RedisConfig config, InstantSource clock) {
        this.config = config;
        this.client = new LettuceClient(config);
        this.state = new LinkState(config.address(), clock);
    }

    void open() {
        connect(client::connect, this::onPublishing, 1);
        connect(client::connectPubSub, this::onSubscribing, 1);
    }

    /// Done when Redis was reached for the first time.
    CompletionStage<@Nullable Void> connected() {
        return connected;
    }

    boolean isConnected() {
        return state.isConnected();
    }

    RedisHealth health() {
        return state.health();
    }

    void onChange(Consumer<RedisHealth> listener) {
        state.onChange(listener);
    }

    void countDropped() {
        state.countDropped();
    }

    // ---- connecting

    private <C extends StatefulConnection<String, byte[]>> void connect(
            Supplier<CompletionStage<C>> attempt, Consumer<C> opened, long number) {
        if (closed) {
            return;
        }
        attempt.get().whenComplete((connection, failure) -> {
            if (failure != null) {
                state.onFailure(failure);
                schedule(client.reconnectDelay(number), () -> connect(attempt, opened, number + 1));
            } else if (closed) {
                connection.closeAsync();
            } else {
                connection.addListener(new ConnectionListener());
                opened.accept(connection);
            }
        });
    }

    private void onPublishing(StatefulRedisConnection<String, byte[]> connection) {
        publishing = connection;
        update();
    }

    private void onSubscribing(StatefulRedisPubSubConnection<String, byte[]> connection) {
        connection.addListener(new MessageListener());
        subscribing = connection;
        subscribeAll();
    }

    /// Subscribes to everything. The client library does so too when it connects again, but not to what was added
    /// while it was not connected.
    private void subscribeAll() {
        var connection = subscribing;
        if (connection == null || !connection.isOpen() || closed) {
            return;
        }
        var commands = connection.async();
        var all = new ArrayList<CompletableFuture<?>>();
        if (!patterns.isEmpty()) {
            all.add(commands.psubscribe(patterns.keySet().toArray(String[]::new))
                    .toCompletableFuture());
        }
        if (!channels.isEmpty()) {
            all.add(commands.subscribe(channels.keySet().toArray(String[]::new)).toCompletableFuture());
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).whenComplete((_, failure) -> {
            if (failure == null) {
                state.onSubscribed(true);
                update();
            } else {
                schedule(SUBSCRIBE_RETRY, this::subscribeAll);
            }
        });
    }

    private void update() {
        boolean now = state.update(isOpen(publishing) && isOpen(subscribing));
        if (now) {
            connected.complete(null);
        }
    }

    private static boolean isOpen(@Nullable StatefulConnection<?, ?> connection) {
        return connection != null && connection.isOpen();
    }

    // ---- subscribing

    void subscribe(String channel, Listener listener) {
        channels.put(channel, listener);
        var connection = subscribing;
        if (connection != null && connection.isOpen()) {
            connection.async().subscribe(channel).whenComplete((_, failure) -> retryIf(failure));
        }
    }

    void subscribePattern(String pattern, Listener listener) {
        patterns.put(pattern, listener);
        var connection = subscribing;
        if (connection != null && connection.isOpen()) {
            connection.async().psubscribe(pattern).whenComplete((_, failure) -> retryIf(failure));
        }
    }

    private void retryIf(@Nullable Throwable failure) {
        if (failure != null) {
            schedule(SUBSCRIBE_RETRY, this::subscribeAll);
        }
    }

    void unsubscribe(String channel) {
        channels.remove(channel);
        var connection = subscribing;
        if (connection != null && connection.isOpen()) {
            connection.async().unsubscribe(channel);
        }
    }

    void unsubscribePattern(String pattern) {
        patterns.remove(pattern);
        var connection = subscribing;
        if (connection != null && connection.isOpen()) {
            connection.async().punsubscribe(pattern);
        }
    }

    private static void deliver(@Nullable Listener listener, String channel, byte[] message) {
        if (listener == null) {
            return; // unsubscribed meanwhile
        }
        try {
            listener.onMessage(channel, message);
        } catch (RuntimeException e) {
            LOG.error("a message of channel {} could not be handled; it is passed over", channel, e);
        }
    }

    // ---- publishing

    /// Publishes what `message` makes, which is not made where it would be dropped. Done with the number of its
    /// subscribers; 0 where it was dropped.
    CompletionStage<Integer> publish(String channel, Supplier<byte[]> message) {
        var connection = publishing;
        if (connection == null || !connection.isOpen()) {
            state.countDropped();
            return CompletableFuture.completedFuture(0);
        }
        var bytes = message.get();
        if (bytesOnTheirWay.addAndGet(bytes.length) > config.publishBytesMax()) {
            bytesOnTheirWay.addAndGet(-bytes.length);
            state.countDropped();
            return CompletableFuture.completedFuture(0);
        }
        return connection.async().publish(channel, bytes).handle((receivers, failure) -> {
            bytesOnTheirWay.addAndGet(-bytes.length);
            if (failure != null) {
                state.countDropped();
                return 0;
            }
            return receivers.intValue();
        });
    }

    /// How many nodes are subscribed to a channel; 0 while that is not known.
    CompletionStage<Integer> subscribers(String channel) {
        var connection = publishing;
        if (connection == null || !connection.isOpen()) {
            return CompletableFuture.completedFuture(0);
        }
        return connection
                .async()
                .pubsubNumsub(channel)
                .handle((counts, failure) ->
                        failure == null ? counts.getOrDefault(channel, 0L).intValue() : 0);
    }

    // ---- time

    /// Runs a task later, unless what is returned is run before.
    Runnable schedule(Duration delay, Runnable task) {
        if (closed) {
            return () -> {};
        }
        var scheduled = client.timer().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private final class ConnectionListener implements RedisConnectionStateListener {

        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
            schedule(Duration.ZERO, () -> {
                subscribeAll();
                update();
            });
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            if (connection.equals(subscribing)) {
                state.onSubscribed(false);
            }
            if (!closed) {
                state.update(false);
            }
        }
    }

    private final class MessageListener extends RedisPubSubAdapter<String, byte[]> {

        @Override
        public void message(String channel, byte[] message) {
            deliver(channels.get(channel), channel, message);
        }

        @Override
        public void message(String pattern, String channel, byte[] message) {
            deliver(patterns.get(pattern), channel, message);
        }
    }
}
