package io.strongroom.server.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;

/** Keeps it from the broker that a device seems idle, while it is we who do not read what it sends. */
final class IdleGate extends ChannelInboundHandlerAdapter {
    private final DeviceHandler connection;

    IdleGate(DeviceHandler connection) {
        this.connection = connection;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent) || !connection.isStopped()) {
            context.fireUserEventTriggered(event);
        }
    }
}
