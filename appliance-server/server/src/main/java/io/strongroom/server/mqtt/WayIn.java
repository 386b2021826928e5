package io.strongroom.server.mqtt;

import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what becomes of the first packet of a connection: its device is let in, or told why not. */
final class WayIn {
    private static final Logger LOG = LoggerFactory.getLogger(WayIn.class);

    /** To another version, in the form of the one that we speak (§3.1.2.2). */
    static final Refused OTHER_VERSION =
            new Refused(Ending.VERSION, MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);

    private final Entrance entrance;
    private final byte[] secret;

    WayIn(Entrance entrance, byte[] secret) {
        this.entrance = entrance;
        this.secret = secret;
    }

    /** What can come of it. */
    sealed interface Answer {}

    /** Whether it is the device's own has to be asked for: {@link #admit}. */
    record Asked(X509Certificate certificate, String clientId, MqttConnectMessage known) implements Answer {}

    /** @param known the CONNECT that the broker gets */
    record Admitted(Guest guest, MqttConnectMessage known) implements Answer {}

    /** @param code what the device is told; empty if nothing */
    record Refused(Ending why, Optional<MqttConnectReturnCode> code) implements Answer {
        Refused(Ending why, MqttConnectReturnCode code) {
            this(why, Optional.of(code));
        }
    }

    /** What can be said at once. */
    Answer read(Channel channel, MqttMessage packet) {
        Optional<X509Certificate> certificate = Entrance.certificate(channel);
        if (!(packet instanceof MqttConnectMessage asked) || certificate.isEmpty()) {
            return new Refused(Ending.PROTOCOL, Optional.empty());
        }
        MqttConnectVariableHeader header = asked.variableHeader();
        if (header.version() == MqttVersion.MQTT_5.protocolLevel()) {
            // The codec gives the answer the form of the version that was asked for.
            return new Refused(Ending.VERSION, MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION);
        }
        if (header.version() != MqttVersion.MQTT_3_1_1.protocolLevel()) {
            return OTHER_VERSION;
        }
        if (header.hasPassword() && !header.hasUserName()) {
            return new Refused(Ending.MALFORMED, Optional.empty());
        }
        if (header.isWillFlag()) {
            return new Refused(Ending.WILL, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
        }
        String clientId = asked.payload().clientIdentifier();
        return new Asked(certificate.get(), clientId, known(asked, clientId));
    }

    /** The CONNECT that the broker gets: of one whom we know, who leaves nothing behind. */
    private MqttConnectMessage known(MqttConnectMessage asked, String id) {
        MqttConnectVariableHeader header = asked.variableHeader();
        return new MqttConnectMessage(
                asked.fixedHeader(),
                new MqttConnectVariableHeader(
                        header.name(),
                        header.version(),
                        true,
                        true,
                        false,
                        0,
                        false,
                        true,
                        header.keepAliveTimeSeconds()),
                new MqttConnectPayload(id, null, (byte[]) null, id, secret));
    }

    /** Whether it is let in. Asks the database, so not on a connection's own thread. */
    Answer admit(Asked asked) {
        try {
            String id = entrance.admit(asked.certificate(), asked.clientId()).id();
            return new Admitted(new Guest(id, asked.certificate(), new Topics(id)), asked.known());
        } catch (ProblemException e) {
            return e.type() == ProblemType.SOURCE_NOT_ALLOWED
                    ? new Refused(Ending.CLIENT_ID, MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED)
                    : new Refused(Ending.SHUT_OUT, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
        } catch (RuntimeException e) {
            LOG.error("a device could not be let in", e);
            return new Refused(Ending.FAILED, MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
        }
    }
}
