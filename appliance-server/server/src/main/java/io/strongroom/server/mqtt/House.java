package io.strongroom.server.mqtt;

import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What all connections share.
 *
 * @param secret what the broker lets in
 * @param down a topic, and what goes down there
 * @param listens told of a device that has subscribed, and may have missed something
 */
@SuppressWarnings("ArrayRecordComponent")
record House(
        Entrance entrance,
        Connections connections,
        MqttCounts counts,
        Endings endings,
        Upstream upstream,
        Room room,
        Executor threads,
        byte[] secret,
        BiConsumer<String, byte[]> down,
        Consumer<String> listens) {}
