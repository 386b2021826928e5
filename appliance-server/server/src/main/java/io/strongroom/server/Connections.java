package io.strongroom.server;

import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all connections so that no answer is lost: nobody new is let in, who waits for an answer gets it, within a limit.
 *
 * <p>For HTTP/1.1 the framework does that. For HTTP/2 it sends a GOAWAY that names the last stream it knows of, and then
 * waits for the client: a stream that was on its way meanwhile becomes an error that takes the whole connection with it,
 * and a client that keeps its idle connection holds every stop up to the limit. So there are two steps around the
 * framework's, {@link #askToGoAway} and {@link #endOnceAnswered} (RFC 9113 §6.8).
 */
@Singleton
final class Connections extends ConnectionHook {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long PING = 0x73746f70L;
    private static final long PING_MILLIS = 1_000;

    private final Set<Channel> listeners = ConcurrentHashMap.newKeySet();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    @Override
    void onChannel(Channel channel, ChannelRole role) {
        if (role == ChannelRole.LISTENER) {
            listeners.add(channel);
        } else if (role == ChannelRole.CONNECTION && open.add(channel)) {
            channel.closeFuture().addListener(closed -> open.remove(channel));
        }
    }

    /** Ends them. Returns once all are closed, or the limit is over. */
    void finish(GracefulShutdownManager framework, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        try {
            // What the listener accepted last may be set up only now, and has its turn the second time.
            do {
                askToGoAway()
                        .completeOnTimeout(null, PING_MILLIS, TimeUnit.MILLISECONDS)
                        .get();
                CompletionStage<?> ended = framework.shutdownGracefully();
                endOnceAnswered();
                ended.toCompletableFuture().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } while (!open.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} connections did not end within {} s", open.size(), limit.toSeconds());
        }
    }

    /**
     * Asks each client to begin no more streams. Done once each has answered a ping that was sent behind it: then every
     * stream that will ever come has come.
     */
    private CompletableFuture<Void> askToGoAway() {
        return CompletableFuture.allOf(
                open.stream().map(Connections::askToGoAway).toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> askToGoAway(Channel channel) {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        channel.closeFuture().addListener(closed -> heard.complete(null));
        channel.eventLoop().execute(() -> {
            Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
            if (handler == null || handler.connection().goAwaySent()) {
                heard.complete(null);
                return;
            }
            handler.decoder()
                    .frameListener(
                            new Http2FrameListenerDecorator(handler.decoder().frameListener()) {
                                @Override
                                public void onPingAckRead(ChannelHandlerContext context, long data)
                                        throws Http2Exception {
                                    super.onPingAckRead(context, data);
                                    if (data == PING) {
                                        heard.complete(null);
                                    }
                                }
                            });
            ChannelHandlerContext context = channel.pipeline().context(handler);
            handler.goAway(
                    context,
                    Integer.MAX_VALUE,
                    Http2Error.NO_ERROR.code(),
                    Unpooled.EMPTY_BUFFER,
                    context.newPromise());
            handler.encoder().writePing(context, false, PING, context.newPromise());
            handler.flush(context);
        });
        return heard;
    }

    /** Has each ended when its last stream does. */
    private void endOnceAnswered() {
        for (Channel channel : open) {
            channel.eventLoop().execute(() -> {
                Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
                if (handler != null) {
                    endOnceAnswered(channel, handler.connection());
                }
            });
        }
    }

    private static void endOnceAnswered(Channel channel, Http2Connection connection) {
        if (connection.numActiveStreams() == 0) {
            end(channel);
            return;
        }
        connection.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamRemoved(Http2Stream stream) {
                if (connection.numActiveStreams() == 0) {
                    // What this stream still has to flush goes first.
                    channel.eventLoop().execute(() -> end(channel));
                }
            }
        });
    }

    /**
     * Closes our end and leaves the other to the client: closing both while the client still sends would have the system
     * throw away answers that the client has not read yet.
     */
    private static void end(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null && !tls.engine().isOutboundDone()) {
            channel.pipeline().addAfter(channel.pipeline().context(tls).name(), null, new Silence());
            tls.closeOutbound().addListener(sent -> ((DuplexChannel) channel).shutdownOutput());
        }
    }

    /** Nothing more is said, such as about a ping. */
    private static final class Silence extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            // There is nothing to flush.
        }
    }
}
