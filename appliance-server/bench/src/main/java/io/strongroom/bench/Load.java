package io.strongroom.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Sends documents over HTTPS as fast as they are acknowledged, from a number of senders at once. */
final class Load implements AutoCloseable {
    private static final byte[] APPENDED = "\"appended\"".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient http;
    private final URI records;
    private final URI batches;
    private final String token;
    private final SSLContext tls;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService senders =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<Future<?>> running = new ArrayList<>();
    private final long firstMillis = System.currentTimeMillis() - 60_000;

    // By the thread that starts the senders.
    private final Map<Integer, Documents> sent = new LinkedHashMap<>();
    private volatile boolean stopping;

    Load(Appliance appliance, String token, HttpClient.Version version) {
        this.http = HttpClient.newBuilder()
                .version(version)
                .sslContext(appliance.trust().context())
                .executor(senders)
                .build();
        this.records = appliance.url().resolve("/api/v1/audit/records");
        this.batches = appliance.url().resolve("/api/v1/audit/records:batch");
        this.token = token;
        this.tls = appliance.trust().context();
    }

    /** Starts {@code count} senders, for the sources from {@code first}, of batches of {@code lines} documents of {@code bytes} each. */
    void sendBatches(int first, int count, int lines, int bytes) {
        for (int i = first; i < first + count; i++) {
            Documents documents = documents(i, bytes);
            running.add(senders.submit(() -> {
                ByteArrayOutputStream body = new ByteArrayOutputStream(lines * (bytes + 64));
                while (!stopping) {
                    body.reset();
                    for (int line = 0; line < lines; line++) {
                        body.writeBytes(documents.next());
                        body.write('\n');
                    }
                    var request = request(batches, "application/x-ndjson", body.toByteArray());
                    var answer = http.send(request.build(), BodyHandlers.ofByteArray());
                    require(answer.statusCode() == 200, answer.statusCode(), answer.body());
                    int appended = count(answer.body());
                    require(appended == lines, answer.statusCode(), answer.body());
                    acknowledged.addAndGet(appended);
                }
                return null;
            }));
        }
    }

    /** Starts a sender for each device, of signed batches of {@code lines}. */
    void sendDeviceBatches(List<BenchDevice> devices, int lines) {
        for (BenchDevice device : devices) {
            running.add(senders.submit(() -> {
                while (!stopping) {
                    int taken = device.send(lines);
                    if (taken != lines) {
                        throw new IllegalStateException(lines - taken + " lines were refused");
                    }
                    acknowledged.addAndGet(taken);
                }
                return null;
            }));
        }
    }

    /** Opens {@code count} connections, for the sources from {@code first}, that send single documents of {@code bytes} each. */
    void sendSingles(int first, int count, int bytes) {
        Bootstrap connections = new Bootstrap().group(loops).channel(NioSocketChannel.class);
        for (int i = first; i < first + count; i++) {
            SingleSender sender =
                    new SingleSender(documents(i, bytes), i, records.getHost(), token, acknowledged, () -> stopping);
            running.add(sender.done());
            connections
                    .clone()
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            SSLEngine engine = tls.createSSLEngine(records.getHost(), records.getPort());
                            engine.setUseClientMode(true);
                            channel.pipeline().addLast(new SslHandler(engine), sender);
                        }
                    })
                    .connect(records.getHost(), records.getPort())
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            sender.done().completeExceptionally(connected.cause());
                        }
                    });
        }
    }

    private Documents documents(int sender, int bytes) {
        Documents documents = new Documents(sender, Stand.SOURCE + "-" + sender, bytes, firstMillis);
        sent.put(sender, documents);
        return documents;
    }

    /** What was sent, once more; after {@link #stop}. */
    Iterator<byte[]> sent() {
        return sent.values().stream().flatMap(Documents::again).iterator();
    }

    private HttpRequest.Builder request(URI uri, String type, byte[] body) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .header("X-Tenant-Id", Appliance.TENANT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static void require(boolean held, int status, byte[] body) {
        if (!held) {
            String text = new String(body, StandardCharsets.UTF_8);
            throw new IllegalStateException(
                    "answered " + status + ": " + text.substring(0, Math.min(600, text.length())));
        }
    }

    private static int count(byte[] body) {
        int found = 0;
        for (int i = 0; i <= body.length - APPENDED.length; i++) {
            int j = 0;
            while (j < APPENDED.length && body[i + j] == APPENDED[j]) {
                j++;
            }
            if (j == APPENDED.length) {
                found++;
                i += j - 1;
            }
        }
        return found;
    }

    /** Sends at least {@code records} documents in batches, then stops. */
    void sendAtLeast(long records) throws InterruptedException, ExecutionException {
        sendBatches(0, 4, 1_000, 1_000);
        while (acknowledged() < records) {
            runFor(1);
        }
        stop();
    }

    /** How many records have been acknowledged so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Lets the load run for {@code seconds}; ends early, with the reason, if a sender fails. */
    void runFor(int seconds) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            for (Future<?> sender : running) {
                if (sender.isDone()) {
                    sender.get();
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Lets each sender end with the answer that it waits for. */
    void stop() throws InterruptedException, ExecutionException {
        stopping = true;
        for (Future<?> sender : running) {
            sender.get();
        }
    }

    @Override
    public void close() {
        stopping = true;
        senders.close();
        http.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
