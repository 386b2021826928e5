package io.strongroom.server.mqtt;

import io.micronaut.scheduling.TaskExecutors;
import io.moquette.BrokerConstants;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.server.access.DeviceIdentities;
import io.strongroom.server.devices.CommandCourier;
import io.strongroom.server.devices.DeviceCommands;
import io.strongroom.server.devices.DeviceTls;
import io.strongroom.server.devices.MqttDoor;
import io.strongroom.server.gateway.GuardRecords;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded broker, on a port of its own, where one is set. What devices publish never reaches it: {@link DeviceHandler}
 * takes that out before. The broker keeps subscriptions, and passes down what can be asked for again.
 */
@Singleton
public final class MqttBroker implements CommandCourier, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttBroker.class);

    /** A message may be as long as a batch, and its topic comes on top. */
    private static final int MOST_BYTES = BatchLayout.MOST_BYTES + 1024;

    /** Commands that wait for the broker's own threads: those of some thousands of devices that come at once. */
    private static final int MOST_COMMANDS = 65_536;

    private final Settings settings;
    private final DeviceTls tls;
    private final MqttDoor door;
    private final BrokerRules rules;
    private final House house;
    private @Nullable Server server;

    MqttBroker(
            Settings settings,
            DeviceTls tls,
            MqttDoor door,
            DeviceIdentities identities,
            Connections connections,
            MqttCounts counts,
            Upstream upstream,
            GuardRecords guard,
            Installation installation,
            SecureRandom random,
            DeviceCommands commands,
            @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this.settings = settings;
        this.tls = tls;
        this.door = door;
        this.rules = new BrokerRules(random);
        this.house = new House(
                new Entrance(identities, guard, installation, random),
                connections,
                counts,
                new Endings(counts::count, LOG::info, System::nanoTime),
                upstream,
                new Room(),
                threads,
                rules.secret(),
                this::publish,
                device -> commands.deliverOpen(device, this));
    }

    /**
     * Starts, if {@code mqtt.port} is set.
     *
     * @return the port; empty if none is set
     */
    public synchronized OptionalInt start() {
        if (settings.find(Setting.MQTT_PORT).isEmpty()) {
            return OptionalInt.empty();
        }
        int port = settings.number(Setting.MQTT_PORT, 0, 65_535);
        Server starting = new Server();
        try {
            starting.startServer(new MemoryConfig(properties(port)), List.of(), tls::insisting, rules, rules);
        } catch (IOException | RuntimeException e) {
            throw new StartRefusedException(
                    Reason.NETWORK,
                    "The server cannot listen on mqtt.port " + port + ": " + e.getMessage()
                            + ". Choose another, or stop what holds it.",
                    e);
        }
        server = starting;
        new Pipelines(house).enter(starting);
        door.open(starting.getSslPort());
        return OptionalInt.of(starting.getSslPort());
    }

    private Properties properties(int port) {
        Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, settings.text(Setting.SERVER_HOST));
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, BrokerConstants.DISABLED_PORT_BIND);
        properties.setProperty(IConfig.SSL_PORT_PROPERTY_NAME, Integer.toString(port));
        properties.setProperty(BrokerConstants.NEED_CLIENT_AUTH, "true");
        properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "false");
        properties.setProperty(BrokerConstants.ALLOW_ZERO_BYTE_CLIENT_ID_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        // On by default, and calls out.
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        properties.setProperty(IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MOST_BYTES));
        properties.setProperty(IConfig.SESSION_QUEUE_SIZE, Integer.toString(MOST_COMMANDS));
        properties.setProperty(BrokerConstants.NETTY_SO_BACKLOG_PROPERTY_NAME, "1024");
        return properties;
    }

    /** Passes a message down, if the device listens; else it is forgotten, and nobody is told. */
    private void publish(String topic, byte[] payload) {
        Server running = server;
        if (running != null) {
            running.internalPublish(
                    MqttMessageBuilders.publish()
                            .topicName(topic)
                            // The broker's queue for a device that does not acknowledge would have no bound.
                            .qos(MqttQoS.AT_MOST_ONCE)
                            .payload(Unpooled.wrappedBuffer(payload))
                            .build(),
                    "strongroom");
        }
    }

    @Override
    public void deliver(String device, byte[] command) {
        publish(new Topics(device).commands(), command);
    }

    @Override
    public synchronized void close() {
        Server running = server;
        server = null;
        if (running != null) {
            running.stopServer();
        }
    }
}
