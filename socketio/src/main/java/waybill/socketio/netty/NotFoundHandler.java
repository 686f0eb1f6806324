package waybill.socketio.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/// Responds 404 to what the engine forwards where there is no other handler.
final class NotFoundHandler extends ChannelInboundHandlerAdapter {

    private DecoderResult malformed = DecoderResult.SUCCESS;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            malformed = request.decoderResult();
        }
        if (message instanceof LastHttpContent content) {
            var result = malformed.isFailure() ? malformed : content.decoderResult();
            boolean last = result.isFailure();
            var status = last ? HttpExchange.statusOf(result) : HttpResponseStatus.NOT_FOUND;
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
            HttpUtil.setKeepAlive(response, !last);
            var written = ctx.writeAndFlush(response);
            if (last) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a broken connection, or bytes that are no HTTP
    }
}
