package io.strongroom.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What lies between an agent and its appliance, and can be cut. */
final class Wire implements AutoCloseable {
    private final ServerSocket listening;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean blocked;
    private volatile boolean mute;

    /** @param to the port of this machine that it leads to */
    Wire(int to) throws IOException {
        this.to = to;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ends all connections, and each new one at once. */
    void block() {
        blocked = true;
        cut();
    }

    /** Lets everything pass. */
    void unblock() {
        blocked = false;
        mute = false;
    }

    /** What the agent sends passes; what comes back does not. */
    void mute() {
        mute = true;
    }

    /** Ends all connections. */
    void cut() {
        open.forEach(Wire::end);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket near = listening.accept();
                open.add(near);
                if (blocked) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                open.add(far);
                Thread.ofVirtual().start(() -> pass(near, far, false));
                Thread.ofVirtual().start(() -> pass(far, near, true));
            } catch (IOException e) {
                if (listening.isClosed()) {
                    return;
                }
                // The appliance is down: whoever connected is left without.
                cut();
            }
        }
    }

    private void pass(Socket from, Socket into, boolean back) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                into) {
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                if (!back || !mute) {
                    into.getOutputStream().write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // It was cut.
        } finally {
            open.remove(from);
            open.remove(into);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }
}
