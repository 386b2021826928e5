package io.strongroom.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Small messages at QoS 1 from many clients at once: ours are in the ledger when they are acknowledged. */
final class MqttBench {
    private static final int LOOPS = 2;

    private final Report report;
    private final int clients;
    private final int warmUpSeconds;
    private final int seconds;

    MqttBench(Report report, int clients, int warmUpSeconds, int seconds) {
        this.report = report;
        this.clients = clients;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    void run() throws IOException, SQLException, InterruptedException, ExecutionException, GeneralSecurityException {
        try (Stand stand = Stand.start(report, List.of("--set", "mqtt.port=0"))) {
            @Nullable Double peer = peer(stand);
            report.say("enrolling " + clients + " devices, which publish for " + seconds + " s");
            List<EnrolledDevice> devices = EnrolledFleet.of(stand, clients);
            double cpu = stand.appliance().cpuSeconds();
            double ours = rate(stand.appliance().mqtt(), devices);
            report.add(new Row("mqtt-qos1", ours, "messages/s", peer == null ? null : "Mosquitto", peer, true));
            report.add(Row.alone(
                    "mqtt-server-cpu", (stand.appliance().cpuSeconds() - cpu) / (warmUpSeconds + seconds), "cores"));
        }
    }

    private @Nullable Double peer(Stand stand)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        Optional<Mosquitto> found = Mosquitto.start(stand.folder().resolve("mosquitto"));
        if (found.isEmpty()) {
            report.say("this machine has no mosquitto (Debian: mosquitto); mqtt-qos1 stands alone");
            return null;
        }
        report.say("measuring the peer: Mosquitto with persistence");
        try (Mosquitto mosquitto = found.get()) {
            List<EnrolledDevice> none = new ArrayList<>();
            return rate(mosquitto.url(), none);
        }
    }

    /** @param devices none for a broker without TLS */
    private double rate(URI broker, List<EnrolledDevice> devices)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
        try {
            LongAdder acknowledged = new LongAdder();
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                EnrolledDevice device = devices.isEmpty() ? null : devices.get(i);
                running.add(MqttPublisher.start(
                        loops,
                        broker,
                        device == null ? null : device.tls(),
                        device == null ? "client-" + i : device.id(),
                        acknowledged));
            }
            hold(running, warmUpSeconds);
            long first = acknowledged.sum();
            long start = System.nanoTime();
            hold(running, seconds);
            return (acknowledged.sum() - first) / ((System.nanoTime() - start) / 1e9);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        }
    }

    /** Ends early, with the reason, if a connection fails. */
    private static void hold(List<CompletableFuture<Void>> running, int seconds)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            for (CompletableFuture<Void> one : running) {
                if (one.isDone()) {
                    one.get();
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
