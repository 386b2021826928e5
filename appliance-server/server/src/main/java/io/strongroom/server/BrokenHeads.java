package io.strongroom.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Over HTTP/2, answers a request whose method or address has what none has (RFC 9113 §8.3.1) by itself. The framework would
 * give up the connection, and with it all that others ask there.
 */
@Singleton
final class BrokenHeads extends ConnectionHook {
    @Override
    void onHttp2(Channel connection, Http2ConnectionHandler handler) {
        handler.decoder().frameListener(new Reading(handler.decoder().frameListener(), handler));
    }

    private static final class Reading extends Http2FrameListenerDecorator {
        private final Http2ConnectionHandler handler;

        Reading(Http2FrameListener next, Http2ConnectionHandler handler) {
            super(next);
            this.handler = handler;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int streamId, Http2Headers headers, int padding, boolean endOfStream)
                throws Http2Exception {
            if (isSound(headers)) {
                super.onHeadersRead(context, streamId, headers, padding, endOfStream);
            } else {
                refuse(context, streamId);
            }
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int streamId,
                Http2Headers headers,
                int streamDependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean endOfStream)
                throws Http2Exception {
            if (isSound(headers)) {
                super.onHeadersRead(
                        context, streamId, headers, streamDependency, weight, exclusive, padding, endOfStream);
            } else {
                refuse(context, streamId);
            }
        }

        /** Trailers have neither method nor address. */
        private static boolean isSound(Http2Headers headers) {
            return isPlain(headers.method()) && isPlain(headers.path());
        }

        private static boolean isPlain(@Nullable CharSequence text) {
            return text == null || text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
        }

        private void refuse(ChannelHandlerContext context, int streamId) {
            ByteBuf problem = Unpooled.wrappedBuffer(Problem.of(
                            ProblemType.INVALID_PARAMETER,
                            "The method or the address has a space or a control character in it.")
                    .toJson()
                    .bytes());
            Http2Headers head = new DefaultHttp2Headers()
                    .status(HttpResponseStatus.BAD_REQUEST.codeAsText())
                    .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, problem.readableBytes());
            handler.encoder().writeHeaders(context, streamId, head, 0, false, context.newPromise());
            handler.encoder().writeData(context, streamId, problem, 0, true, context.newPromise());
            handler.flush(context);
        }
    }
}
