package io.strongroom.server.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * Keeps it from the broker that a device seems idle: while it is we who do not read what it sends it is not, and where it is we
 * end the connection, and know why.
 */
final class IdleGate extends ChannelInboundHandlerAdapter {
    private final DeviceHandler connection;

    IdleGate(DeviceHandler connection) {
        this.connection = connection;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent idle)) {
            context.fireUserEventTriggered(event);
        } else if (idle.state() == IdleState.READER_IDLE && !connection.isStopped()) {
            connection.idle();
        }
    }
}
