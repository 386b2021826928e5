package io.strongroom.agent;

import io.strongroom.agent.command.CommandPoll;
import io.strongroom.agent.command.Outcomes;
import io.strongroom.agent.files.DurableFile;
import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.send.HttpsTransport;
import io.strongroom.agent.send.Skew;
import io.strongroom.agent.send.Transport;
import io.strongroom.agent.send.TwoWays;
import io.strongroom.agent.send.mqtt.MqttAddress;
import io.strongroom.agent.send.mqtt.MqttTransport;
import io.strongroom.agent.settings.Setting;
import io.strongroom.agent.settings.Settings;
import io.strongroom.agent.settings.SettingsException;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The ways to the appliance that the settings allow. Where it listens for MQTT it says by HTTPS; that is kept on disk, for
 * the day on which HTTPS is blocked.
 */
final class Ways implements AutoCloseable {
    private static final String SELF = "/api/v1/device/self";

    private final Connection connection;
    private final Path portFile;
    private final Optional<MqttAddress> set;
    private final MqttTransport mqtt;
    private final Transport transport;
    private final BooleanSupplier byMqtt;
    private volatile OptionalLong told;

    /**
     * @param portFile where the port that the appliance told is kept
     * @param commands hears what the appliance wants by MQTT
     */
    Ways(
            Settings settings,
            Path portFile,
            Connection connection,
            Consumer<byte[]> commands,
            Skew skew,
            InstantSource clock) {
        this.connection = connection;
        this.portFile = portFile;
        this.set = set(settings);
        this.told = kept();
        this.mqtt = new MqttTransport(connection, this::address, commands, skew, clock);
        HttpsTransport https = new HttpsTransport(connection, skew, clock);
        switch (settings.text(Setting.TRANSPORT)) {
            case "https" -> {
                transport = https;
                byMqtt = () -> false;
            }
            case "mqtt" -> {
                transport = mqtt;
                byMqtt = () -> true;
            }
            default -> {
                Duration lookEvery = settings.seconds(Setting.HTTPS_LOOK_SECONDS);
                TwoWays both = new TwoWays(
                        https,
                        mqtt,
                        () -> address().isPresent(),
                        this::httpsAnswers,
                        lookEvery,
                        look -> Thread.ofVirtual().name("look-back").start(look),
                        System::nanoTime);
                transport = both;
                byMqtt = both::isByMqtt;
            }
        }
    }

    private static Optional<MqttAddress> set(Settings settings) {
        String text = settings.text(Setting.MQTT_ADDRESS);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(MqttAddress.parse(text));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "The setting " + Setting.MQTT_ADDRESS.key() + " must be host:port, but is “" + text + "”.", e);
        }
    }

    Transport transport() {
        return transport;
    }

    /** Tells what came of commands, by whichever is used at the moment. */
    Outcomes outcomes() {
        Outcomes https = CommandPoll.outcomes(connection);
        return (command, outcome) -> byMqtt.getAsBoolean() ? mqtt.tell(command, outcome) : https.tell(command, outcome);
    }

    /** What is used at the moment. */
    String current() {
        return byMqtt.getAsBoolean() ? "mqtt" : "https";
    }

    private Optional<MqttAddress> address() {
        if (set.isPresent() || told.isEmpty()) {
            return set;
        }
        return Optional.of(new MqttAddress(connection.identity().url().getHost(), (int) told.getAsLong()));
    }

    /** What the appliance says of this device. */
    void told(Json.Obj self) {
        OptionalLong port = self.optionalInteger("mqttPort");
        if (port.equals(told)) {
            return;
        }
        try {
            if (port.isPresent()) {
                DurableFile.write(portFile, Long.toString(port.getAsLong()).getBytes(StandardCharsets.US_ASCII));
            } else {
                Files.deleteIfExists(portFile);
            }
        } catch (IOException e) {
            // It holds for this run; the next asks again.
        }
        told = port;
    }

    private OptionalLong kept() {
        try {
            String text = Files.readString(portFile).strip();
            return text.matches("[1-9]\\d{0,4}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private boolean httpsAnswers() {
        try {
            return connection.send(SELF, HttpRequest.newBuilder().GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        mqtt.close();
    }
}
