package io.strongroom.bench;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.strongroom.evidence.batch.BatchLayout;
import java.nio.charset.StandardCharsets;

/** A device's batches over HTTP/1.1, one connection for all. */
final class HttpsWire extends SimpleChannelInboundHandler<FullHttpResponse> {
    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private final FleetDevice device;
    private final String host;

    private HttpsWire(FleetDevice device, String host) {
        this.device = device;
        this.host = host;
    }

    static void add(ChannelPipeline pipeline, FleetDevice device, String host) {
        pipeline.addLast(
                new HttpClientCodec(), new HttpObjectAggregator(MOST_ANSWER_BYTES), new HttpsWire(device, host));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                device.opened(ctx.channel(), frame -> send(ctx, frame));
            } else {
                device.refused(String.valueOf(handshake.cause()));
            }
        }
    }

    private void send(ChannelHandlerContext ctx, byte[] frame) {
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, "/api/v1/device/batches", Unpooled.wrappedBuffer(frame));
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.CONTENT_TYPE, BatchLayout.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, frame.length);
        ctx.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse answer) {
        int status = answer.status().code();
        if (status == HttpResponseStatus.OK.code()) {
            device.acknowledged();
        } else if (status == HttpResponseStatus.SERVICE_UNAVAILABLE.code()
                || status == HttpResponseStatus.TOO_MANY_REQUESTS.code()) {
            device.putOff(1_000L * Math.max(1, answer.headers().getInt(HttpHeaderNames.RETRY_AFTER, 1)));
        } else {
            device.refused("answered " + status + ": " + answer.content().toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        device.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        device.refused(String.valueOf(cause));
        ctx.close();
    }
}
