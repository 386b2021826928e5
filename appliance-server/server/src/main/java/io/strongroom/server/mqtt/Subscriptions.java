package io.strongroom.server.mqtt;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import java.util.List;

/** Says what becomes of a SUBSCRIBE or an UNSUBSCRIBE (MQTT 3.1.1, §3.8 and §3.10), as far as it is not the broker's to say. */
final class Subscriptions {
    private Subscriptions() {}

    /** What can come of it. */
    sealed interface Answer {}

    /** The broker gets this, and answers it. */
    record Passed(MqttMessage packet) implements Answer {}

    /** The device gets this, and the broker nothing. */
    record Said(MqttMessage packet) implements Answer {}

    /** It names no topic, which is not MQTT. */
    record Malformed() implements Answer {}

    /** What may be read is the broker's to ask. */
    static Answer of(MqttSubscribeMessage packet) {
        return packet.payload().topicSubscriptions().isEmpty() ? new Malformed() : new Passed(packet);
    }

    /**
     * The broker gets of it what the device can have subscribed to; it is answered in any case (§3.10.4).
     *
     * @param topics of the device
     */
    static Answer of(MqttUnsubscribeMessage packet, Topics topics) {
        List<String> filters = packet.payload().topics();
        List<String> own = filters.stream().filter(topics::isReadable).toList();
        if (filters.isEmpty()) {
            return new Malformed();
        }
        if (own.isEmpty()) {
            return new Said(MqttMessageBuilders.unsubAck()
                    .packetId(packet.variableHeader().messageId())
                    .build());
        }
        return new Passed(new MqttUnsubscribeMessage(
                packet.fixedHeader(), packet.variableHeader(), new MqttUnsubscribePayload(own)));
    }
}
