package io.strongroom.bench;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;

/** A device's batches over MQTT 3.1.1 at QoS 1; what the appliance tells it, it reads, as an agent does. */
final class MqttWire extends SimpleChannelInboundHandler<MqttMessage> {
    private static final int MOST_BYTES = 2 << 20;
    private static final int KEEP_ALIVE_SECONDS = 120;

    private final FleetDevice device;
    private final String id;
    private int packet = 1;

    private MqttWire(FleetDevice device) {
        this.device = device;
        this.id = device.identity().id();
    }

    static void add(ChannelPipeline pipeline, FleetDevice device) {
        pipeline.addLast(new MqttDecoder(MOST_BYTES), MqttEncoder.INSTANCE, new MqttWire(device));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ctx.writeAndFlush(MqttMessageBuilders.connect()
                        .clientId(id)
                        .protocolVersion(MqttVersion.MQTT_3_1_1)
                        .cleanSession(true)
                        .keepAlive(KEEP_ALIVE_SECONDS)
                        .build());
            } else {
                device.refused(String.valueOf(handshake.cause()));
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
        if (message instanceof MqttConnAckMessage answer) {
            MqttConnectReturnCode code = answer.variableHeader().connectReturnCode();
            if (code == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
                ctx.writeAndFlush(MqttMessageBuilders.subscribe()
                        .messageId(packet())
                        .addSubscription(MqttQoS.AT_MOST_ONCE, "d/" + id + "/ack")
                        .build());
                device.opened(ctx.channel(), frame -> send(ctx, frame));
            } else {
                device.refused("CONNACK " + code);
            }
        } else if (message.fixedHeader().messageType() == MqttMessageType.PUBACK) {
            device.acknowledged();
        } else if (message instanceof MqttPublishMessage told) {
            String text = told.payload().toString(StandardCharsets.UTF_8);
            if (!text.contains("\"durableThrough\"")) {
                device.refused(text);
            }
        }
    }

    private void send(ChannelHandlerContext ctx, byte[] frame) {
        ctx.writeAndFlush(MqttMessageBuilders.publish()
                .messageId(packet())
                .topicName("d/" + id + "/up/" + SimulatedDevice.STREAM)
                .qos(MqttQoS.AT_LEAST_ONCE)
                .payload(Unpooled.wrappedBuffer(frame))
                .build());
    }

    private int packet() {
        packet = packet % 65_535 + 1;
        return packet;
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
