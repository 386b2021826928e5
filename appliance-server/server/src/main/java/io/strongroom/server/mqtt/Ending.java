package io.strongroom.server.mqtt;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** Why a connection was not accepted, or ended. */
enum Ending {
    /** The device said that it goes. */
    DISCONNECTED("the device said that it goes"),
    /** Its side of the connection was closed, or the network broke it, and nothing was said. */
    LEFT("the device's side closed it, or the network"),
    /** No TLS connection came about: no certificate of a device's, or not within ten seconds. */
    HANDSHAKE("no TLS connection came about"),
    /** Not let in yet, and nothing came for ten seconds. */
    SILENT("no CONNECT came for ten seconds"),
    /** Nothing came for one and a half times as long as the device promised. */
    IDLE("nothing came for longer than the device promised"),
    /** The broker closed it: the device has come by another connection, or the appliance stops. */
    BROKER("the broker closed it: another connection of the device took its place, or the appliance stops"),
    /** Something went wrong on our side. */
    FAILED("something went wrong in the appliance"),
    /** A client id that is not the certificate's device. */
    CLIENT_ID("the client id is not the certificate's device"),
    /** The device is locked or revoked, or its certificate has ended. */
    SHUT_OUT("the device is locked or revoked, or its certificate has ended"),
    /** A last will, which the broker would publish unasked. */
    WILL("it has a last will"),
    /** Another version of the protocol than 3.1.1. */
    VERSION("another version than MQTT 3.1.1"),
    /** A topic that is not the device's to write. */
    TOPIC("a topic that is not the device's"),
    /** Quality of service 2, or retained. */
    QUALITY("quality of service 2, or a retained message"),
    /** More than a message may have, or not as MQTT has it. */
    MALFORMED("more than a message may have, or not as MQTT has it"),
    /** A packet that a device has no reason to send. */
    PROTOCOL("a packet that a device has no reason to send"),
    /** Intake took nothing for two minutes. */
    PATIENCE("intake took nothing for two minutes");

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    /**
     * What a failure in a connection's pipeline comes to.
     *
     * @param isNew whether no CONNECT came before it
     */
    static Ending of(Throwable failure, boolean isNew) {
        if (isOf(SSLException.class, failure)) {
            return isNew ? HANDSHAKE : LEFT;
        }
        if (isOf(DecoderException.class, failure)) {
            return MALFORMED;
        }
        return failure instanceof IOException ? LEFT : FAILED;
    }

    /** Whether it is of that kind: the broker's own handlers wrap in an IOException what the decoder found. */
    static boolean isOf(Class<? extends Throwable> kind, Throwable failure) {
        return kind.isInstance(failure) || kind.isInstance(failure.getCause());
    }

    /** For the log. */
    String text() {
        return text;
    }
}
