package waybill.server.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// The hub's end of a simulated connection.
final class SimulatedChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final SocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9001);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Queue<byte[]> received = new ArrayDeque<>();
    private final EventLoop loop;
    private final Consumer<byte[]> output;
    private final Runnable onClosed;
    private boolean isOpen = true;
    private boolean isReading;
    private boolean isDelivering;

    /// @param output receives what the hub writes
    /// @param onClosed called when the hub closes the connection
    SimulatedChannel(EventLoop loop, Consumer<byte[]> output, Runnable onClosed) {
        super(null);
        this.loop = loop;
        this.output = output;
        this.onClosed = onClosed;
    }

    /// The hub receives bytes of its client, as soon as it reads.
    void receive(byte[] bytes) {
        loop.execute(() -> {
            if (isOpen) {
                received.add(bytes);
                deliver();
            }
        });
    }

    /// The hub's machine learns that the connection is broken.
    void reset() {
        loop.execute(() -> unsafe().close(unsafe().voidPromise()));
    }

    private void deliver() {
        if (isReading && !isDelivering && !received.isEmpty()) {
            isReading = false;
            isDelivering = true;
            pipeline().fireChannelRead(Unpooled.wrappedBuffer(received.remove()));
            isDelivering = false;
            pipeline().fireChannelReadComplete();
        }
    }

    @Override
    protected void doBeginRead() {
        isReading = true;
        if (!received.isEmpty()) {
            loop.execute(this::deliver);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer outgoing) {
        for (var message = outgoing.current(); message != null; message = outgoing.current()) {
            output.accept(ByteBufUtil.getBytes((ByteBuf) message));
            outgoing.remove();
        }
    }

    @Override
    protected void doClose() {
        if (isOpen) {
            isOpen = false;
            received.clear();
            onClosed.run();
        }
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("the hub connects to nothing"));
            }
        };
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof SimulatedEventLoop;
    }

    @Override
    protected SocketAddress localAddress0() {
        return ADDRESS;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return ADDRESS;
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("a connection listens nowhere");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean isActive() {
        return isOpen && isRegistered();
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }
}
