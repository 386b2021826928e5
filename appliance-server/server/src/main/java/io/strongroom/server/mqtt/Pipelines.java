package io.strongroom.server.mqtt;

import io.moquette.broker.Server;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.lang.reflect.Field;
import java.util.Iterator;

/**
 * Puts our handlers into each connection's pipeline. The broker has no place for that, so it is done where its server
 * channel hands a connection over: the first handler of a new pipeline learns of its registration when the broker's own
 * are all there, and before anything is read. Two private fields lead to the server channel; another version of the
 * broker may have others, and then the appliance does not start.
 */
final class Pipelines {
    private static final String BROKER = "handler";
    private static final String BROKER_IDLE = "idleEventHandler";

    /**
     * Bytes that the system keeps of what a device has not read yet. Left to itself it would keep megabytes, of answers of a
     * few bytes each, and that device's messages would be read all the while.
     */
    private static final int UNREAD_BYTES = 64 * 1024;

    private final House house;

    Pipelines(House house) {
        this.house = house;
    }

    /** Enters all connections that the broker accepts from now on. */
    void enter(Server broker) {
        EventLoopGroup accepting = (EventLoopGroup) field(field(broker, "acceptor"), "bossGroup");
        int entered = 0;
        for (EventExecutor loop : accepting) {
            entered += loop.submit(() -> enter((SingleThreadEventLoop) loop))
                    .syncUninterruptibly()
                    .getNow();
        }
        if (entered != 1) {
            throw new IllegalStateException("the broker listens on " + entered + " channels, not on one");
        }
    }

    private static Object field(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the broker that the appliance knows", e);
        }
    }

    private int enter(SingleThreadEventLoop loop) {
        int entered = 0;
        for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
            if (channels.next() instanceof ServerChannel listening) {
                listening.pipeline().addFirst(new Accepting());
                entered++;
            }
        }
        return entered;
    }

    /** In the pipeline of the server channel, where connections are the messages. */
    private final class Accepting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel connection = (Channel) message;
            connection.config().setOption(ChannelOption.SO_SNDBUF, UNREAD_BYTES);
            connection.pipeline().addLast(new Entering());
            context.fireChannelRead(message);
        }
    }

    /** In that of a connection, before any of the broker's; goes once ours are there. */
    private final class Entering extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRegistered(ChannelHandlerContext context) {
            DeviceHandler ours = new DeviceHandler(house);
            context.pipeline().addBefore(BROKER, "device", ours).addBefore(BROKER_IDLE, "idleGate", new IdleGate(ours));
            context.fireChannelRegistered();
            context.pipeline().remove(this);
        }
    }
}
