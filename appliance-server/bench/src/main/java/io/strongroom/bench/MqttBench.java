package io.strongroom.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
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

/**
 * Small messages at QoS 1 from many clients at once: ours are in the ledger when they are acknowledged. The peer is
 * measured twice: in clear, as it comes, and under TLS, which our broker never does without.
 */
final class MqttBench {
    private static final int LOOPS = 2;

    private final Report report;
    private final int clients;
    private final WarmUp warmUp;
    private final int seconds;

    MqttBench(Report report, int clients, WarmUp warmUp, int seconds) {
        this.report = report;
        this.clients = clients;
        this.warmUp = warmUp;
        this.seconds = seconds;
    }

    void run() throws IOException, SQLException, InterruptedException, ExecutionException, GeneralSecurityException {
        try (Stand stand = Stand.start(report, List.of("--set", "mqtt.port=0"))) {
            @Nullable Double clear = peer(stand, Mosquitto.Wire.CLEAR);
            @Nullable Double tls = peer(stand, Mosquitto.Wire.TLS);
            report.say("enrolling " + clients + " devices, which publish for " + seconds + " s");
            List<EnrolledDevice> devices = EnrolledFleet.of(stand, clients);
            Appliance appliance = stand.appliance();
            Rate ours = rate(
                    (loops, i, acknowledged) -> MqttPublisher.start(
                            loops,
                            appliance.mqtt(),
                            devices.get(i).tls(),
                            devices.get(i).id(),
                            acknowledged),
                    appliance.pid());
            report.add(new Row(
                    "mqtt-qos1",
                    ours.messages(),
                    "messages/s",
                    clear == null ? null : "Mosquitto in clear",
                    clear,
                    true));
            report.add(new Row(
                    "mqtt-qos1-tls", ours.messages(), "messages/s", tls == null ? null : "Mosquitto, TLS", tls, true));
            report.add(Row.alone("mqtt-server-cpu", ours.cores(), "cores"));
        }
    }

    /** Null where this machine has none. */
    private @Nullable Double peer(Stand stand, Mosquitto.Wire wire)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        Optional<Mosquitto> found = Mosquitto.start(stand.folder().resolve("mosquitto-" + wire), wire);
        if (found.isEmpty()) {
            report.say("this machine has no mosquitto (Debian: mosquitto); mqtt-qos1 stands alone");
            return null;
        }
        report.say("measuring the peer: Mosquitto with persistence, " + wire);
        try (Mosquitto mosquitto = found.get()) {
            return rate(
                            (loops, i, acknowledged) -> MqttPublisher.start(
                                    loops, mosquitto.url(), mosquitto.tls(), "client-" + i, acknowledged),
                            mosquitto.pid())
                    .messages();
        }
    }

    private Rate rate(Publisher publisher, long broker)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
        try {
            LongAdder acknowledged = new LongAdder();
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(publisher.start(loops, i, acknowledged));
            }
            warmUp.of(most -> hold(running, most), broker);
            long first = acknowledged.sum();
            ProcessorTime cpu = ProcessorTime.of(broker);
            long start = System.nanoTime();
            hold(running, seconds);
            double took = (System.nanoTime() - start) / 1e9;
            return new Rate(
                    (acknowledged.sum() - first) / took,
                    ProcessorTime.of(broker).since(cpu).all() / took);
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

    /**
     * What was measured of a broker.
     *
     * @param messages acknowledged a second
     * @param cores processors that it took
     */
    private record Rate(double messages, double cores) {}

    /** Starts one client. */
    @FunctionalInterface
    private interface Publisher {
        CompletableFuture<Void> start(EventLoopGroup loops, int number, LongAdder acknowledged)
                throws IOException, GeneralSecurityException;
    }
}
