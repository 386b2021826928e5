package io.strongroom.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslHandler;
import io.strongroom.evidence.Rfc3339;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Publishes small messages at QoS 1 as fast as they are acknowledged, {@value #WINDOW} on their way at a time. The same for
 * us and for another broker.
 */
final class MqttPublisher extends SimpleChannelInboundHandler<MqttMessage> {
    private static final int WINDOW = 20;
    private static final int MOST_BYTES = 1 << 16;
    private static final int KEEP_ALIVE_SECONDS = 120;

    private final String id;
    private final LongAdder acknowledged;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int packet;
    private long number;

    private MqttPublisher(String id, LongAdder acknowledged) {
        this.id = id;
        this.acknowledged = acknowledged;
    }

    /**
     * Connects and begins.
     *
     * @param tls null for a broker without
     * @return fails if the connection does
     */
    static CompletableFuture<Void> start(
            EventLoopGroup loops, URI broker, @Nullable SSLContext tls, String id, LongAdder acknowledged) {
        MqttPublisher publisher = new MqttPublisher(id, acknowledged);
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            SSLEngine engine = tls.createSSLEngine(broker.getHost(), broker.getPort());
                            engine.setUseClientMode(true);
                            channel.pipeline().addLast(new SslHandler(engine));
                        }
                        channel.pipeline().addLast(new MqttDecoder(MOST_BYTES), MqttEncoder.INSTANCE, publisher);
                    }
                })
                .connect(broker.getHost(), broker.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        publisher.done.completeExceptionally(connected.cause());
                    }
                });
        return publisher.done;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(MqttMessageBuilders.connect()
                .clientId(id)
                .protocolVersion(MqttVersion.MQTT_3_1_1)
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .build());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
        if (message instanceof MqttConnAckMessage answer) {
            MqttConnectReturnCode code = answer.variableHeader().connectReturnCode();
            if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
                done.completeExceptionally(new IllegalStateException("CONNACK " + code));
                return;
            }
            for (int i = 0; i < WINDOW; i++) {
                publish(ctx);
            }
        } else if (message.fixedHeader().messageType() == MqttMessageType.PUBACK) {
            acknowledged.increment();
            publish(ctx);
        }
    }

    private void publish(ChannelHandlerContext ctx) {
        packet = packet % 65_535 + 1;
        String text = "{\"cpu\":{\"load\":0.25},\"device_id\":\"" + id + "\",\"disk\":{\"free\":123456789},"
                + "\"memory\":{\"used\":987654321},\"messageId\":\"m-" + number++ + "\",\"timestamp\":\""
                + Rfc3339.format(System.currentTimeMillis()) + "\"}";
        ctx.write(MqttMessageBuilders.publish()
                .messageId(packet)
                .topicName("d/" + id + "/up/telemetry.health")
                .qos(MqttQoS.AT_LEAST_ONCE)
                .payload(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)))
                .build());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        done.completeExceptionally(new IllegalStateException("the connection of " + id + " was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        done.completeExceptionally(cause);
        ctx.close();
    }
}
