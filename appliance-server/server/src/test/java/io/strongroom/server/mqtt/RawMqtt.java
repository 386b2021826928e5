package io.strongroom.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** MQTT 3.1.1 byte by byte, for what a decent client does not do. */
final class RawMqtt implements AutoCloseable {
    static final int CONNACK = 0x20;
    static final int PUBACK = 0x40;
    static final int PINGRESP = 0xd0;
    static final int SUBACK = 0x90;
    static final int UNSUBACK = 0xb0;
    static final int DISCONNECT = 0xe0;

    private final SSLSocket socket;
    private final DataInputStream in;

    RawMqtt(URI url, SSLContext tls) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket();
        // Little is on its way to a client that does not read, and from one that is not read.
        socket.setReceiveBufferSize(4_096);
        socket.setSendBufferSize(4_096);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        socket.setSoTimeout(30_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** A packet: its first byte, and what comes after its length. */
    @SuppressWarnings("ArrayRecordComponent")
    record Packet(int first, byte[] rest) {}

    static byte[] connect(String clientId) {
        return connect(clientId, 60);
    }

    /** With another keep-alive, up to 255 seconds. */
    static byte[] connect(String clientId, int keepAliveSeconds) {
        return packet(0x10, text("MQTT"), new byte[] {4, 2, 0, (byte) keepAliveSeconds}, text(clientId));
    }

    static byte[] publish(int flags, int packetId, String topic, byte[] payload) {
        boolean withId = (flags & 0x06) != 0;
        return packet(0x30 | flags, text(topic), withId ? number(packetId) : new byte[0], payload);
    }

    static byte[] subscribe(int packetId, String filter) {
        return packet(0x82, number(packetId), text(filter), new byte[] {0});
    }

    static byte[] unsubscribe(int packetId, String... filters) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String filter : filters) {
            all.writeBytes(text(filter));
        }
        return packet(0xa2, number(packetId), all.toByteArray());
    }

    static byte[] packet(int first, byte[]... parts) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            rest.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first);
        int length = rest.size();
        do {
            all.write(length % 128 | (length >= 128 ? 0x80 : 0));
            length /= 128;
        } while (length > 0);
        all.writeBytes(rest.toByteArray());
        return all.toByteArray();
    }

    static byte[] number(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(number(bytes.length));
        all.writeBytes(bytes);
        return all.toByteArray();
    }

    /** Sends packets at one go. */
    RawMqtt send(byte[]... packets) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        socket.getOutputStream().write(all.toByteArray());
        return this;
    }

    /** The next packet. */
    Packet read() throws IOException {
        int first = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit >= 0x80);
        byte[] rest = new byte[length];
        in.readFully(rest);
        return new Packet(first, rest);
    }

    /** Whether the appliance ends the connection, with nothing more said. */
    boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException | javax.net.ssl.SSLException e) {
            return true;
        }
    }

    /** Connects; fails if that is not accepted. */
    RawMqtt accepted(String clientId) throws IOException {
        send(connect(clientId));
        Packet answer = read();
        if (answer.first() != CONNACK || answer.rest()[1] != 0) {
            throw new AssertionError("not accepted: " + answer.first() + " " + answer.rest()[1]);
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
