package io.strongroom.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads past what a client still sends when it has its answer, as over HTTP/1.1, and tells it to stop only if that takes
 * long: by {@code RST_STREAM} with {@code NO_ERROR} (RFC 9113 §8.1), so that nothing seems wrong.
 *
 * <p>The framework resets the stream at once, with {@code CANCEL}. Whatever the code, curl up to 7.88 drops the answer
 * that it has been given; and other clients, the JDK's among them, pass over {@code CANCEL} and wait for leave to go on
 * sending until the connection is given up.
 */
@Singleton
final class EarlyAnswers extends ConnectionHook {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyAnswers.class);
    private static final long MOST_SECONDS = 10;

    @Override
    void onHttp2(Channel connection, Http2ConnectionHandler handler) {
        Http2Connection.PropertyKey answered = handler.connection().newKey();
        Patience patience = new Patience(handler, answered);
        handler.encoder().lifecycleManager(patience);
        handler.decoder()
                .frameListener(new ReadingPast(handler.decoder().frameListener(), handler.connection(), answered));
        handler.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamHalfClosed(Http2Stream stream) {
                if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
                    patience.begin(connection.pipeline().context(handler), stream);
                }
            }
        });
    }

    /** Passes on all but the end of streams whose answer is complete: for them it waits. On the connection's thread. */
    private record Patience(Http2ConnectionHandler handler, Http2Connection.PropertyKey answered)
            implements Http2LifecycleManager {
        void begin(ChannelHandlerContext context, Http2Stream stream) {
            stream.setProperty(answered, Boolean.TRUE);
            // Once whoever gives up this body has done so.
            context.executor().execute(() -> giveRoom(context, stream));
            context.executor().schedule(() -> stop(context, stream), MOST_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public ChannelFuture resetStream(
                ChannelHandlerContext context, int streamId, long errorCode, ChannelPromise promise) {
            Http2Stream stream = handler.connection().stream(streamId);
            if (stream == null || !isOpen(stream)) {
                return handler.resetStream(context, streamId, errorCode, promise);
            }
            return promise.isVoid() ? promise : promise.setSuccess();
        }

        /** What came before and nobody has read holds up the client, and all others of its connection. */
        private void giveRoom(ChannelHandlerContext context, Http2Stream stream) {
            Http2LocalFlowController window = handler.connection().local().flowController();
            try {
                int unread = window.unconsumedBytes(stream);
                if (isOpen(stream) && unread > 0 && window.consumeBytes(stream, unread)) {
                    handler.flush(context);
                }
            } catch (Http2Exception e) {
                LOG.debug("A stream that was answered has no room", e);
            }
        }

        private void stop(ChannelHandlerContext context, Http2Stream stream) {
            if (isOpen(stream)) {
                handler.resetStream(context, stream.id(), Http2Error.NO_ERROR.code(), context.newPromise());
                handler.flush(context);
            }
        }

        private static boolean isOpen(Http2Stream stream) {
            return stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL;
        }

        @Override
        public void closeStreamLocal(Http2Stream stream, ChannelFuture future) {
            handler.closeStreamLocal(stream, future);
        }

        @Override
        public void closeStreamRemote(Http2Stream stream, ChannelFuture future) {
            handler.closeStreamRemote(stream, future);
        }

        @Override
        public void closeStream(Http2Stream stream, ChannelFuture future) {
            handler.closeStream(stream, future);
        }

        @Override
        public ChannelFuture goAway(
                ChannelHandlerContext context,
                int lastStreamId,
                long errorCode,
                ByteBuf debugData,
                ChannelPromise promise) {
            return handler.goAway(context, lastStreamId, errorCode, debugData, promise);
        }

        @Override
        public void onError(ChannelHandlerContext context, boolean outbound, Throwable cause) {
            handler.onError(context, outbound, cause);
        }
    }

    /** Takes what comes on streams that have been answered for read. */
    private static final class ReadingPast extends Http2FrameListenerDecorator {
        private final Http2Connection connection;
        private final Http2Connection.PropertyKey answered;

        ReadingPast(Http2FrameListener next, Http2Connection connection, Http2Connection.PropertyKey answered) {
            super(next);
            this.connection = connection;
            this.answered = answered;
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream)
                throws Http2Exception {
            Http2Stream stream = connection.stream(streamId);
            return stream != null && stream.getProperty(answered) != null
                    ? data.readableBytes() + padding
                    : super.onDataRead(context, streamId, data, padding, endOfStream);
        }
    }
}
