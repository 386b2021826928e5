package io.strongroom.server.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** From where somebody calls. */
final class Addresses {
    private static final int NETWORK_BYTES = 8;

    private Addresses() {}

    static String text(InetSocketAddress remote) {
        return remote.getAddress().getHostAddress();
    }

    /** What tells one caller from another: of IPv6 the first 64 bits, since the others are anybody's to choose. */
    static String network(InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
