package io.strongroom.server.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the appliance and PostgreSQL, and cuts the sequencer's connection where it is told to: when the server
 * answers with a certain command's tag, that answer never arrives.
 */
final class CuttingProxy implements AutoCloseable {
    /** The server has committed; the client does not learn it. */
    static final String REPLY_OF_COMMIT = "COMMIT\0";

    /** The transaction is under way; it will be rolled back. */
    static final String REPLY_OF_COPY = "COPY ";

    /** A small group is there or is not; the client does not learn it. */
    static final String REPLY_OF_STATEMENT = "SELECT 1\0";

    private static final String WRITERS_STATEMENT = "UPDATE ledger_head SET size";

    private final ServerSocket listener;
    private final int target;
    private final AtomicReference<@Nullable String> armed = new AtomicReference<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Cuts once, at the next such answer on the sequencer's connection. */
    void arm(String tag) {
        armed.set(tag);
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                new Pair(client, server).start();
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One connection, both ways. */
    private final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean writers;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, server, false));
            Thread.ofVirtual().start(() -> pump(server, client, true));
        }

        private void pump(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[64 * 1024];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                    if (!answers && text.contains(WRITERS_STATEMENT)) {
                        writers = true;
                    }
                    String tag = armed.get();
                    if (answers && writers && tag != null && text.contains(tag) && armed.compareAndSet(tag, null)) {
                        cuts.incrementAndGet();
                        break;
                    }
                    out.write(buffer, 0, count);
                    out.flush();
                }
            } catch (IOException e) {
                // A connection that breaks is what this is for; both ends learn it below.
            } finally {
                close(client);
                close(server);
            }
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(this::close);
    }
}
