package io.strongroom.server;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/** Is told of each connection, on its own thread, once the framework has set up what reads and writes HTTP there. */
abstract class ConnectionHook
        implements BeanCreatedEventListener<NettyServerCustomizer.Registry>, NettyServerCustomizer {

    /** A listener or a connection comes up. */
    void onChannel(Channel channel, ChannelRole role) {}

    /**
     * A connection speaks HTTP/1.1.
     *
     * @param codec where requests come out of, and answers go in
     */
    void onHttp1(Channel connection, ChannelHandlerContext codec) {}

    /** A connection speaks HTTP/2. */
    void onHttp2(Channel connection, Http2ConnectionHandler handler) {}

    @Override
    public final NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(this);
        return event.getBean();
    }

    @Override
    public final NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
        onChannel(channel, role);
        return role == ChannelRole.CONNECTION ? new OnOneConnection(this, channel) : this;
    }

    private record OnOneConnection(ConnectionHook hook, Channel connection) implements NettyServerCustomizer {
        /** Streams of HTTP/2 are no channels of their own here. */
        @Override
        public NettyServerCustomizer specializeForChannel(Channel inner, ChannelRole role) {
            return this;
        }

        @Override
        public void onInitialPipelineBuilt() {
            Http2ConnectionHandler handler = connection.pipeline().get(Http2ConnectionHandler.class);
            if (handler != null) {
                hook.onHttp2(connection, handler);
            }
        }

        @Override
        public void onStreamPipelineBuilt() {
            ChannelHandlerContext codec = connection.pipeline().context(HttpServerCodec.class);
            if (codec != null) {
                hook.onHttp1(connection, codec);
            }
        }
    }
}
