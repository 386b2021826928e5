package io.strongroom.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Over HTTP/2, answers by itself a request whose head is none (RFC 9113 §8.3.1), or too long. Of the one the framework would
 * give up the connection, and with it all that others ask there, or never answer; the other its codec answers without a
 * word.
 */
@Singleton
final class BrokenHeads extends ConnectionHook {
    /** The longest that all headers of a request may be, in bytes. */
    static final int MOST_HEADER_BYTES = 16 * 1024;

    /** What each header counts beside its name and value (RFC 9113 §6.5.2). */
    private static final int OVERHEAD = 32;

    @Override
    void onHttp2(Channel connection, Http2ConnectionHandler handler) {
        handler.decoder().frameListener(new Reading(handler.decoder().frameListener(), handler));
    }

    private static final class Reading extends Http2FrameListenerDecorator {
        private final Http2ConnectionHandler handler;

        /** Of a stream whose head came. */
        private final Http2Connection.PropertyKey begun;

        Reading(Http2FrameListener next, Http2ConnectionHandler handler) {
            super(next);
            this.handler = handler;
            this.begun = handler.connection().newKey();
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int streamId, Http2Headers headers, int padding, boolean endOfStream)
                throws Http2Exception {
            if (isTaken(context, streamId, headers)) {
                super.onHeadersRead(context, streamId, headers, padding, endOfStream);
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
            if (isTaken(context, streamId, headers)) {
                super.onHeadersRead(
                        context, streamId, headers, streamDependency, weight, exclusive, padding, endOfStream);
            }
        }

        /** Whether the framework is to have it; what it is not to have has been answered. */
        private boolean isTaken(ChannelHandlerContext context, int streamId, Http2Headers headers) {
            Http2Stream stream = handler.connection().stream(streamId);
            if (stream == null || stream.setProperty(begun, Boolean.TRUE) != null) {
                // Trailers.
                return true;
            }
            if (length(headers) > MOST_HEADER_BYTES) {
                refuse(context, streamId, ProblemType.HEAD_TOO_LARGE, "Nothing of the request was read.");
                return false;
            }
            if (!isPlain(headers.method()) || !isPlain(headers.path())) {
                refuse(
                        context,
                        streamId,
                        ProblemType.INVALID_PARAMETER,
                        "The method or the address is missing, or has a space or a control character in it.");
                return false;
            }
            return true;
        }

        private static long length(Http2Headers headers) {
            long length = 0;
            for (var header : headers) {
                length +=
                        OVERHEAD + header.getKey().length() + header.getValue().length();
            }
            return length;
        }

        private static boolean isPlain(@Nullable CharSequence text) {
            return text != null && !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
        }

        private void refuse(ChannelHandlerContext context, int streamId, ProblemType type, String detail) {
            ByteBuf problem =
                    Unpooled.wrappedBuffer(Problem.of(type, detail).toJson().bytes());
            Http2Headers head = new DefaultHttp2Headers()
                    .status(HttpResponseStatus.valueOf(type.status()).codeAsText())
                    .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, problem.readableBytes());
            handler.encoder().writeHeaders(context, streamId, head, 0, false, context.newPromise());
            handler.encoder().writeData(context, streamId, problem, 0, true, context.newPromise());
            handler.flush(context);
        }
    }
}
