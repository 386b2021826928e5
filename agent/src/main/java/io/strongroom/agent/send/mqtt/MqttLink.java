package io.strongroom.agent.send.mqtt;

import io.strongroom.agent.identity.DeviceIdentity;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One connection to the broker, that listens to what is told on the device's topics. */
interface MqttLink extends AutoCloseable {

    /**
     * Publishes with quality of service 1.
     *
     * @return completes with the PUBACK, exceptionally if the connection ends before it
     */
    CompletableFuture<?> publish(String topic, byte[] payload);

    boolean isOpen();

    /** Ends it, and whatever waits for a PUBACK with it. */
    @Override
    void close();

    /** Hears what comes down. Called on the connection's thread. */
    @FunctionalInterface
    interface Listener {
        void heard(String topic, byte[] payload);
    }

    /** Opens connections. */
    @FunctionalInterface
    interface Opener {
        /**
         * Connects and subscribes.
         *
         * @throws NotLetInException if the broker does not let the device in
         * @throws IOException if it cannot be reached, or is not whom the device believes
         */
        MqttLink open(DeviceIdentity identity, MqttAddress address, Listener listener)
                throws IOException, InterruptedException;
    }

    /** The broker knows the certificate, or the client id, and refuses it. */
    final class NotLetInException extends IOException {
        private static final long serialVersionUID = 1;

        NotLetInException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
