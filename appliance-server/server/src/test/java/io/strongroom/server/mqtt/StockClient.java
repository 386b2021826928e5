package io.strongroom.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.server.devices.TestDevice.Enrolled;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device with a stock MQTT client, and nothing of the appliance's own code. */
public final class StockClient implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 60_000;

    private final Enrolled device;
    private final MqttAsyncClient client;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Connects, as the certificate's device. */
    public StockClient(URI broker, Enrolled device) throws MqttException {
        this(broker, device, device.id());
    }

    StockClient(URI broker, Enrolled device, String clientId) throws MqttException {
        this.device = device;
        client = new MqttAsyncClient(
                "ssl://" + broker.getHost() + ":" + broker.getPort(), clientId, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(device.client().sslContext().getSocketFactory());
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setMaxInflight(1_000);
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
    }

    String topic(String rest) {
        return "d/" + device.id() + "/" + rest;
    }

    /** Subscribes; gives the quality that is granted, 128 for none. */
    int subscribe(String filter) throws MqttException {
        var token = client.subscribe(filter, 1, (topic, message) -> heard.add(new String(message.getPayload(), UTF_8)));
        try {
            token.waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException refused) {
            return refused.getReasonCode();
        }
        return token.getGrantedQos()[0];
    }

    /** What it was told on the topics that it subscribed to. */
    List<String> heard() {
        return heard;
    }

    /** Publishes with quality 1; the token completes with the acknowledgement. */
    public IMqttDeliveryToken publish(String topic, byte[] payload) throws MqttException {
        return client.publish(topic, payload, 1, false);
    }

    public IMqttDeliveryToken send(String stream, String json) throws MqttException {
        return publish(topic("up/" + stream), json.getBytes(UTF_8));
    }

    /** Publishes, and waits for the acknowledgement. */
    void settled(String stream, byte[] payload) throws MqttException {
        publish(topic("up/" + stream), payload).waitForCompletion(PATIENCE_MILLIS);
    }

    void settled(String stream, String json) throws MqttException {
        settled(stream, json.getBytes(UTF_8));
    }

    boolean isConnected() {
        return client.isConnected();
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, 1_000);
        }
        client.close(true);
    }
}
