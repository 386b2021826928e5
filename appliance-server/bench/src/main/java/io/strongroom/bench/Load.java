package io.strongroom.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Sends documents over HTTPS as fast as they are acknowledged, from a number of senders at once. */
final class Load implements AutoCloseable {
    private final URI url;
    private final String token;
    private final SSLContext tls;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<Future<?>> running = new ArrayList<>();
    private final long firstMillis = System.currentTimeMillis() - 60_000;

    // By the thread that starts the senders.
    private final Map<Integer, Documents> sent = new LinkedHashMap<>();
    private volatile boolean stopping;

    Load(Appliance appliance, String token) {
        this.url = appliance.url();
        this.token = token;
        this.tls = appliance.trust().context();
    }

    /** Opens {@code count} connections, for the sources from {@code first}, that send batches of {@code lines} documents of {@code bytes} each. */
    void sendBatches(int first, int count, int lines, int bytes) {
        for (int i = first; i < first + count; i++) {
            send(DocumentRequests.batches(documents(i, bytes), lines, url.getHost(), token), url, tls);
        }
    }

    /** Opens {@code count} connections, for the sources from {@code first}, that send single documents of {@code bytes} each. */
    void sendSingles(int first, int count, int bytes) {
        for (int i = first; i < first + count; i++) {
            send(DocumentRequests.single(documents(i, bytes), i, url.getHost(), token), url, tls);
        }
    }

    /** Opens a connection for each device. */
    void sendDeviceBatches(List<BenchDevice> devices) {
        devices.forEach(device -> send(device, device.url(), device.tls()));
    }

    private void send(HttpSender.Requests requests, URI url, SSLContext tls) {
        HttpSender sender = new HttpSender(requests, acknowledged, () -> stopping);
        running.add(sender.done());
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SSLEngine engine = tls.createSSLEngine(url.getHost(), url.getPort());
                        engine.setUseClientMode(true);
                        channel.pipeline().addLast(new SslHandler(engine), sender);
                    }
                })
                .connect(url.getHost(), url.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        sender.done().completeExceptionally(connected.cause());
                    }
                });
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
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
