package waybill.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Connects all participants of a scenario to a server, runs them for a while, and returns the results.
///
/// One event loop does all of the work; the thread that calls [#run] only waits and reads the counters.
public final class Generator implements AutoCloseable {

    /// Concurrent connection attempts.
    private static final int CONNECTING_MAX = 128;

    private static final int READ_MAX = 16 * 1024;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, io());
    private final EventLoop loop = group.next();
    private final LoadCounters counters = new LoadCounters();
    private final long serverPid;
    private final InetSocketAddress server;
    private final byte[] upgradeRequest;
    private final List<LoadClient> clients;
    private final Emitter emitter;
    private final CountDownLatch settled;
    private final long originUs;
    private final long originNs;

    private byte[] scratch = new byte[ServerFrames.PAYLOAD_MAX + 2 * READ_MAX];
    private int started;

    /// @param nowMs the time of day, for the timestamps of emits
    public Generator(Scenario scenario, InetSocketAddress server, long serverPid, long nowMs) {
        this.server = server;
        this.serverPid = serverPid;
        this.originUs = nowMs * 1_000;
        this.originNs = loop.ticker().nanoTime();
        this.upgradeRequest = WebSocketUpgrade.request(server);
        this.clients = scenario.participants().stream()
                .map(participant -> new LoadClient(participant, this))
                .toList();
        var senders = clients.stream().filter(LoadClient::isSender).toList();
        this.emitter = new Emitter(loop, scenario.pace(), senders, counters, this::nowUs);
        this.settled = new CountDownLatch(clients.size());
    }

    private static IoHandlerFactory io() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /// Runs the scenario once, for as long as `plan` requires.
    public RunResult run(RunPhases plan) throws InterruptedException {
        var before = mark();
        loop.execute(this::connectMore);
        if (!settled.await(plan.connect().toMillis(), TimeUnit.MILLISECONDS)) {
            loop.execute(() ->
                    counters.recordLoss("not connected after " + plan.connect().toSeconds() + " s"));
        }
        var joined = mark();
        advance(plan.settle());
        loop.execute(emitter::start);
        advance(plan.warmup());
        loop.execute(counters.latencyUs::reset);
        var start = mark();
        advance(plan.measure());
        var stop = mark();
        loop.submit(emitter::stop).sync();
        advance(plan.drain());
        return Report.of(clients.size(), before, joined, start, stop, mark());
    }

    private CounterSnapshot mark() throws InterruptedException {
        var use = ResourceUsage.now(serverPid);
        return loop.submit(() -> CounterSnapshot.of(nowUs(), use, connected(), counters))
                .sync()
                .getNow();
    }

    private int connected() {
        return (int) clients.stream().filter(LoadClient::isReady).count();
    }

    private void advance(Duration time) throws InterruptedException {
        loop.schedule(() -> {}, time.toNanos(), TimeUnit.NANOSECONDS).sync();
    }

    private void connectMore() {
        while (started < clients.size() && started - (clients.size() - settled.getCount()) < CONNECTING_MAX) {
            connect(clients.get(started++));
        }
    }

    private void connect(LoadClient client) {
        new Bootstrap()
                .group(loop)
                .channel(channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_LINGER, 0) // a reset leaves no port behind that the next run would miss
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_MAX))
                .handler(client)
                .connect(server)
                .addListener(future -> {
                    if (!future.isSuccess()) {
                        client.onClose(String.valueOf(future.cause()));
                    }
                });
    }

    private static Class<? extends SocketChannel> channelType() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    LoadCounters counters() {
        return counters;
    }

    byte[] upgradeRequest() {
        return upgradeRequest;
    }

    long nowUs() {
        return originUs + (loop.ticker().nanoTime() - originNs) / 1_000;
    }

    /// A buffer of `length` bytes, valid until the next call.
    byte[] scratch(int length) {
        if (length > scratch.length) {
            scratch = new byte[length];
        }
        return scratch;
    }

    /// A client has joined, or failed to.
    void onSettled() {
        settled.countDown();
        connectMore();
    }

    void onAck(LoadClient client) {
        emitter.onAck(client);
    }

    void onDelivered() {
        emitter.onDelivered();
    }

    @Override
    public void close() {
        loop.submit(() -> clients.forEach(LoadClient::close)).syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
