package io.strongroom.agent.send.mqtt;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import io.strongroom.agent.identity.DeviceIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** MQTT 3.1.1 over TLS 1.3, by HiveMQ's client. It never connects again by itself: that is for whoever sends to decide. */
final class HiveMqLink implements MqttLink {
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int CONNECT_SECONDS = 15;
    private static final int ANSWER_SECONDS = 30;
    private static final int CLOSE_SECONDS = 5;

    private static final Set<Mqtt3ConnAckReturnCode> NOT_LET_IN =
            Set.of(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED, Mqtt3ConnAckReturnCode.IDENTIFIER_REJECTED);

    private final Mqtt3AsyncClient client;

    private HiveMqLink(Mqtt3AsyncClient client) {
        this.client = client;
    }

    static MqttLink open(DeviceIdentity identity, MqttAddress address, Listener listener)
            throws IOException, InterruptedException {
        String device = identity.device().value();
        HiveMqLink link = new HiveMqLink(Mqtt3Client.builder()
                .identifier(device)
                .transportConfig(transport(identity, address))
                .executorConfig(
                        MqttClientExecutorConfig.builder().nettyThreads(1).build())
                .buildAsync());
        try {
            link.enter(device, listener);
            return link;
        } catch (IOException | InterruptedException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static MqttClientTransportConfig transport(DeviceIdentity identity, MqttAddress address) {
        return MqttClientTransportConfig.builder()
                .serverHost(address.host())
                .serverPort(address.port())
                // That the certificate is of this host is checked by itself, as for HTTPS.
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(identity.shown())
                        .trustManagerFactory(identity.believed())
                        .protocols(List.of("TLSv1.3"))
                        .handshakeTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .build())
                .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .mqttConnectTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    private void enter(String device, Listener listener) throws IOException, InterruptedException {
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> listener.heard(message.getTopic().toString(), message.getPayloadAsBytes()));
        await(client.connectWith()
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .send());
        await(client.subscribeWith()
                .addSubscription(down(device, "ack"))
                .addSubscription(down(device, "cmd"))
                .send());
    }

    private static Mqtt3Subscription down(String device, String topic) {
        return Mqtt3Subscription.builder()
                .topicFilter("d/" + device + "/" + topic)
                .qos(MqttQos.AT_MOST_ONCE)
                .build();
    }

    private static void await(CompletableFuture<?> answer) throws IOException, InterruptedException {
        try {
            answer.get(CONNECT_SECONDS + ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof Mqtt3ConnAckException refused
                    && NOT_LET_IN.contains(refused.getMqttMessage().getReturnCode())) {
                throw new NotLetInException("the broker does not let this device in", cause);
            }
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
    }

    @Override
    public CompletableFuture<?> publish(String topic, byte[] payload) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send();
    }

    @Override
    public boolean isOpen() {
        return client.getState().isConnected();
    }

    @Override
    public void close() {
        try {
            client.disconnect().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It was not connected, or the broker has gone: either way it is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
