package io.strongroom.agent.send.mqtt;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.Refusals;
import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.send.Reply;
import io.strongroom.agent.send.Skew;
import io.strongroom.agent.send.Transport;
import io.strongroom.api.BatchAck;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The same batches to {@code d/<id>/up/<stream>} at quality of service 1. A PUBACK says that the batch is in the ledger, and
 * not what became of its lines: what is believed is the acknowledgement on {@code d/<id>/ack}, and where that is lost, the
 * batch is sent again, which is always safe.
 */
public final class MqttTransport implements Transport, AutoCloseable {
    private final Connection connection;
    private final Supplier<Optional<MqttAddress>> address;
    private final MqttLink.Opener opener;
    private final Patience patience;
    private final Consumer<byte[]> commands;
    private final Skew skew;
    private final InstantSource clock;

    /** One for each stream, and what the appliance asked for again. */
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    /** Guards the one below. Held while a connection is opened, so that there are never two. */
    private final ReentrantLock opening = new ReentrantLock();

    private @Nullable MqttLink link;

    /**
     * How long to wait.
     *
     * @param forAnswer from sending on
     * @param forAcknowledgement from the PUBACK on
     */
    record Patience(Duration forAnswer, Duration forAcknowledgement) {
        static final Patience DEFAULT = new Patience(Duration.ofSeconds(90), Duration.ofSeconds(5));
    }

    private record Waiting(CutBatch batch, long sentAt, CompletableFuture<Reply> reply) {}

    /**
     * Opens no connection yet.
     *
     * @param address empty while it is not known
     * @param commands hears what the appliance wants of the device
     */
    public MqttTransport(
            Connection connection,
            Supplier<Optional<MqttAddress>> address,
            Consumer<byte[]> commands,
            Skew skew,
            InstantSource clock) {
        this(connection, address, HiveMqLink::open, Patience.DEFAULT, commands, skew, clock);
    }

    MqttTransport(
            Connection connection,
            Supplier<Optional<MqttAddress>> address,
            MqttLink.Opener opener,
            Patience patience,
            Consumer<byte[]> commands,
            Skew skew,
            InstantSource clock) {
        this.connection = connection;
        this.address = address;
        this.opener = opener;
        this.patience = patience;
        this.commands = commands;
        this.skew = skew;
        this.clock = clock;
        connection.beforeReplacing(this::close);
    }

    @Override
    public Reply send(CutBatch batch) throws InterruptedException {
        Waiting sent = new Waiting(batch, clock.millis(), new CompletableFuture<>());
        waiting.add(sent);
        try {
            return connection.as(identity -> exchange(identity, sent));
        } catch (MqttLink.NotLetInException e) {
            return notLetIn(e);
        } catch (IOException e) {
            return new Reply.Unanswered("by MQTT: " + e.getMessage());
        } finally {
            waiting.remove(sent);
        }
    }

    /**
     * Tells on {@code d/<id>/out} what came of a command.
     *
     * @return whether the appliance has it
     */
    public boolean tell(String command, CommandOutcome outcome) throws InterruptedException {
        byte[] told = Json.object()
                .put("id", command)
                .putAll(outcome.toJson())
                .build()
                .bytes();
        try {
            return connection.as(identity -> {
                try {
                    var unused = link(identity)
                            .publish("d/" + identity.device() + "/out", told)
                            .get(patience.forAnswer().toMillis(), TimeUnit.MILLISECONDS);
                    return true;
                } catch (ExecutionException | TimeoutException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }

    private static Reply notLetIn(IOException why) {
        // MQTT 3.1.1 has no words for the reason.
        ProblemType type = ProblemType.INVALID_DEVICE_CERTIFICATE;
        return new Reply.Refused(
                type.status(), Optional.of(Problem.of(type, String.valueOf(why.getMessage()))), Optional.empty());
    }

    private Reply exchange(DeviceIdentity identity, Waiting sent) throws IOException, InterruptedException {
        MqttLink open = link(identity);
        String topic = "d/" + identity.device() + "/up/" + sent.batch().stream();
        CompletableFuture<Reply> reply = sent.reply();
        var unused = open.publish(topic, sent.batch().frame()).whenComplete((puback, failure) -> {
            if (failure == null) {
                reply.completeOnTimeout(
                        new Reply.Unanswered("the acknowledgement was lost on its way down"),
                        patience.forAcknowledgement().toMillis(),
                        TimeUnit.MILLISECONDS);
            } else {
                reply.complete(new Reply.Unanswered("the connection to the broker ended: " + failure.getMessage()));
            }
        });
        try {
            Reply said = reply.get(patience.forAnswer().toMillis(), TimeUnit.MILLISECONDS);
            if (said instanceof Reply.Refused) {
                // It gets no PUBACK, so the client would hold on to it for as long as the connection is open.
                close();
            }
            return said;
        } catch (TimeoutException e) {
            close();
            return new Reply.Unanswered("the broker does not answer");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private MqttLink link(DeviceIdentity identity) throws IOException, InterruptedException {
        MqttAddress where = address.get().orElseThrow(() -> new IOException("where to is not known"));
        opening.lockInterruptibly();
        try {
            MqttLink there = link;
            if (there == null || !there.isOpen()) {
                there = opener.open(identity, where, this::heard);
                link = there;
            }
            return there;
        } finally {
            opening.unlock();
        }
    }

    private void heard(String topic, byte[] payload) {
        if (topic.endsWith("/cmd")) {
            commands.accept(payload);
            return;
        }
        Optional<Problem> problem = Refusals.read(payload);
        if (problem.isPresent()) {
            refused(problem.get());
            return;
        }
        try {
            acknowledged(BatchAck.fromJson(Json.parseObject(payload)));
        } catch (JsonException | JsonShapeException | IllegalArgumentException e) {
            // Whoever waits for it waits in vain, and sends again.
        }
    }

    private void acknowledged(BatchAck ack) {
        for (Waiting sent : waiting) {
            // One of an earlier batch may come late, where that was sent twice.
            if (ack.stream().equals(sent.batch().stream().value())
                    && ack.epoch().equals(sent.batch().epoch())
                    && ack.durableThrough() >= sent.batch().last()) {
                skew.add(sent.sentAt(), clock.millis(), Rfc3339.parse(ack.serverTime()));
                sent.reply().complete(new Reply.Acknowledged(ack));
            }
        }
    }

    private void refused(Problem problem) {
        String digest = problem.extensions().optionalText("batch");
        for (Waiting sent : waiting) {
            // One that cannot be read at all has no digest: then it can only be the one that is under way.
            if (digest == null
                    ? waiting.size() == 1
                    : sent.batch().digest().toString().equals(digest)) {
                sent.reply().complete(new Reply.Refused(problem.status(), Optional.of(problem), Optional.empty()));
            }
        }
    }

    /** Ends the connection; the next batch opens another. */
    @Override
    public void close() {
        opening.lock();
        try {
            MqttLink there = link;
            link = null;
            if (there != null) {
                there.close();
            }
        } finally {
            opening.unlock();
        }
    }
}
