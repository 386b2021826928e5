package io.strongroom.server.mqtt;

import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.metrics.Tally;
import jakarta.inject.Singleton;

/** What is counted of MQTT. */
@Singleton
final class MqttCounts implements MeterSource {
    /** What can become of a message that a device publishes. */
    enum Message {
        /** Settled in the ledger or in quarantine, and acknowledged. */
        ACKNOWLEDGED,
        /** A batch that is not in order: told on the topic of acknowledgements, and not acknowledged. */
        REFUSED,
        /** Of quality of service 0: passed over. */
        PASSED_OVER
    }

    private final Tally<Message> messages = new Tally<>(Message.class);
    private final Tally<Ending> endings = new Tally<>(Ending.class);
    private final Connections connections;

    MqttCounts(Connections connections) {
        this.connections = connections;
    }

    void count(Message what) {
        messages.count(what);
    }

    void count(Ending why) {
        endings.count(why);
    }

    @Override
    public void describe(Meters meters) {
        meters.gauge("strongroom_mqtt_connections", "Devices connected by MQTT.", connections.size())
                .gauge(
                        "strongroom_mqtt_connections_stopped",
                        "Of these, from which nothing is read until intake has room.",
                        connections.stopped())
                .counter(
                        "strongroom_mqtt_messages",
                        "Messages that devices published, by what became of them.",
                        "outcome",
                        messages.byLabel())
                .counter(
                        "strongroom_mqtt_connections_ended",
                        "Connections that ended or were not accepted, by why.",
                        "because",
                        endings.byLabel());
    }
}
