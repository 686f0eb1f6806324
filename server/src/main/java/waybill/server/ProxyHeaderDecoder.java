package waybill.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the header of the PROXY protocol from the front of a connection from a trusted proxy, if there is one,
/// and then itself from the pipeline. Belongs to the connection's event loop.
final class ProxyHeaderDecoder extends ByteToMessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeaderDecoder.class);

    private static final AttributeKey<InetAddress> SOURCE = AttributeKey.valueOf(ProxyHeaderDecoder.class, "source");

    /// The address of a client in the header of a trusted proxy.
    static Optional<InetAddress> source(Channel channel) {
        return Optional.ofNullable(channel.attr(SOURCE).get());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (ProxyHeader.parse(in)) {
            case ProxyHeader.Result.Incomplete() -> {}
            case ProxyHeader.Result.Absent() -> ctx.pipeline().remove(this);
            case ProxyHeader.Result.Malformed() -> {
                LOG.warn(
                        "the proxy {} sent a malformed PROXY header; the connection is closed",
                        ctx.channel().remoteAddress());
                in.skipBytes(in.readableBytes());
                ctx.close();
            }
            case ProxyHeader.Result.Present(var header) -> {
                in.skipBytes(header.length());
                header.source().ifPresent(ctx.channel().attr(SOURCE)::set);
                ctx.pipeline().remove(this);
            }
        }
    }
}
