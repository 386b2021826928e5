package io.strongroom.server;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import jakarta.inject.Singleton;

/**
 * Tells an HTTP/2 client that has its whole answer, and still sends its request, that the rest is not wanted and that
 * nothing is wrong: {@code RST_STREAM} with {@code NO_ERROR} (RFC 9113 §8.1). So a body that is refused for its length
 * need not be read to its end.
 *
 * <p>The framework says {@code CANCEL} there. Some clients, the JDK's among them, pass over that once they have the
 * answer, and wait for leave to go on sending until the connection is given up.
 */
@Singleton
final class EarlyAnswers implements BeanCreatedEventListener<NettyServerCustomizer.Registry>, NettyServerCustomizer {

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(this);
        return event.getBean();
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
        return role == ChannelRole.CONNECTION ? new OnOneConnection(channel) : this;
    }

    private record OnOneConnection(Channel channel) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel inner, ChannelRole role) {
            return this;
        }

        @Override
        public void onInitialPipelineBuilt() {
            Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
            if (handler != null) {
                handler.connection().addListener(new Http2ConnectionAdapter() {
                    @Override
                    public void onStreamHalfClosed(Http2Stream stream) {
                        if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
                            ChannelHandlerContext context = channel.pipeline().context(handler);
                            handler.resetStream(context, stream.id(), Http2Error.NO_ERROR.code(), context.newPromise());
                        }
                    }
                });
            }
        }
    }
}
