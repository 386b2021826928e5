package io.strongroom.agent.send.mqtt;

import java.net.URI;

/**
 * Where the appliance listens for MQTT.
 *
 * @param host as its certificate names it
 * @param port 1–65,535
 */
public record MqttAddress(String host, int port) {
    public MqttAddress {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no address for MQTT: " + host + ":" + port);
        }
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static MqttAddress parse(String text) {
        URI uri = URI.create("mqtts://" + text);
        if (uri.getHost() == null || uri.getUserInfo() != null || !text.equals(uri.getRawAuthority())) {
            throw new IllegalArgumentException("no address for MQTT: " + text);
        }
        return new MqttAddress(uri.getHost(), uri.getPort());
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
