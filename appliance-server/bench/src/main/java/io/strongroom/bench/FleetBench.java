package io.strongroom.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * A fleet on two transports at once: each device keeps its connection and sends a small signed batch now and then. Whether
 * every batch is acknowledged, how soon, and what that costs the server.
 */
final class FleetBench {
    private static final int LOOPS = 2;
    private static final int AT_ONCE = 50;
    private static final long LAST_ANSWERS_SECONDS = 60;

    private final Report report;
    private final int seconds;
    private final int everySeconds;
    private final int lines;

    /**
     * @param seconds measured, once all are connected
     * @param everySeconds how often a device has a batch
     * @param lines of a batch
     */
    FleetBench(Report report, int seconds, int everySeconds, int lines) {
        this.report = report;
        this.seconds = seconds;
        this.everySeconds = everySeconds;
        this.lines = lines;
    }

    void run(int overHttps, int overMqtt)
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
        try (Stand stand = Stand.start(report, List.of("--set", "mqtt.port=0"))) {
            report.say("enrolling " + (overHttps + overMqtt) + " devices");
            List<EnrolledDevice> enrolled = EnrolledFleet.of(stand, overHttps + overMqtt);
            FleetCounts https = new FleetCounts();
            FleetCounts mqtt = new FleetCounts();
            List<FleetDevice> fleet = new ArrayList<>();
            report.say("connecting them, " + overHttps + " over HTTPS, " + overMqtt + " over MQTT");
            URI devices = stand.appliance().devices();
            URI broker = overMqtt > 0 ? stand.appliance().mqtt() : devices;
            for (int i = 0; i < enrolled.size(); i++) {
                boolean byHttps = i < overHttps;
                FleetDevice device = new FleetDevice(
                        new SimulatedDevice(enrolled.get(i)), byHttps ? https : mqtt, lines, everySeconds * 1_000L);
                fleet.add(device);
                connect(loops, device, byHttps ? devices : broker, byHttps);
                while (i + 1 - connected(https) - connected(mqtt) > AT_ONCE) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
            while (connected(https) + connected(mqtt) < enrolled.size()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            measure(stand.appliance(), https, mqtt);
            fleet.forEach(FleetDevice::stop);
            awaitLast(https);
            awaitLast(mqtt);
            tell("https", https);
            tell("mqtt", mqtt);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        }
    }

    /** Or failed to. */
    private static long connected(FleetCounts counts) {
        return counts.connected.sum() + counts.failures.sum();
    }

    private static void connect(EventLoopGroup loops, FleetDevice device, URI address, boolean byHttps)
            throws GeneralSecurityException, IOException {
        SSLContext tls = device.identity().tls();
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SSLEngine engine = tls.createSSLEngine(address.getHost(), address.getPort());
                        engine.setUseClientMode(true);
                        channel.pipeline().addLast(new SslHandler(engine));
                        if (byHttps) {
                            HttpsWire.add(channel.pipeline(), device, address.getAuthority());
                        } else {
                            MqttWire.add(channel.pipeline(), device);
                        }
                    }
                })
                .connect(address.getHost(), address.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        device.refused(String.valueOf(connected.cause()));
                    }
                });
    }

    private void measure(Appliance appliance, FleetCounts https, FleetCounts mqtt)
            throws IOException, InterruptedException {
        // Each has had its first turn by then.
        report.say("all are connected; measuring for " + seconds + " s after a first turn");
        TimeUnit.SECONDS.sleep(everySeconds);
        https.begin();
        mqtt.begin();
        long start = System.nanoTime();
        double cpu = appliance.processorTime().all();
        TimeUnit.SECONDS.sleep(seconds);
        double took = (System.nanoTime() - start) / 1e9;
        report.add(Row.alone("fleet-server-cpu", (appliance.processorTime().all() - cpu) / took, "cores"));
        report.add(Row.alone("fleet-server-rss", appliance.residentMegabytes(), "MB"));
    }

    private static void awaitLast(FleetCounts counts) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_ANSWERS_SECONDS);
        while (counts.acknowledged() < counts.sent.sum() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void tell(String name, FleetCounts counts) {
        if (counts.sent.sum() == 0) {
            return;
        }
        report.add(Row.alone("fleet-" + name + "-p50", counts.percentile(0.5), "ms"));
        report.add(Row.alone("fleet-" + name + "-p99", counts.percentile(0.99), "ms"));
        report.add(Row.alone("fleet-" + name + "-sent", counts.sent.sum(), "batches"));
        report.add(Row.alone("fleet-" + name + "-acked", counts.acknowledged(), "batches"));
        report.add(Row.alone("fleet-" + name + "-put-off", counts.putOff.sum(), "times"));
        report.add(Row.alone("fleet-" + name + "-late", counts.late.sum(), "turns"));
        report.add(Row.alone("fleet-" + name + "-failed", counts.failures.sum(), "devices"));
        String failure = counts.firstFailure();
        if (failure != null) {
            report.say("the first that failed: " + failure);
        }
    }
}
