package io.strongroom.agent;

import io.strongroom.agent.collect.CollectorLoop;
import io.strongroom.agent.command.Deeds;
import io.strongroom.agent.identity.Renewal;
import io.strongroom.agent.policy.PolicySettings;
import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.send.Reply;
import io.strongroom.agent.send.Transport;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.CommandOutcome.Done;
import io.strongroom.api.CommandOutcome.Failed;
import io.strongroom.api.DeviceOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** What commands come to in this agent. */
final class AgentDeeds implements Deeds {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final List<CollectorLoop> collectors;
    private final AgentQueue queue;
    private final Transport transport;
    private final Renewal renewal;
    private final ApplyingPolicy policy;

    AgentDeeds(
            List<CollectorLoop> collectors,
            AgentQueue queue,
            Transport transport,
            Renewal renewal,
            ApplyingPolicy policy) {
        this.collectors = collectors;
        this.queue = queue;
        this.transport = transport;
        this.renewal = renewal;
        this.policy = policy;
    }

    /** Asks what policy wants collected, and does it. */
    @FunctionalInterface
    interface ApplyingPolicy {
        PolicySettings.Outcome apply() throws IOException, InterruptedException;
    }

    @Override
    public CommandOutcome carryOut(DeviceOrder order) throws InterruptedException {
        try {
            return switch (order) {
                case DeviceOrder.CollectNow now -> collect();
                case DeviceOrder.Resend resend -> resend(resend);
                case DeviceOrder.Renew renew -> renew();
                case DeviceOrder.RotateQueue rotate -> rotate(rotate);
                case DeviceOrder.ApplyPolicy apply -> apply();
            };
        } catch (IOException e) {
            return Failed.of("io", String.valueOf(e));
        }
    }

    private CommandOutcome collect() throws InterruptedException {
        List<CompletableFuture<Void>> looks =
                collectors.stream().map(CollectorLoop::lookNow).toList();
        try {
            CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Failed.of("timeout", "Not every collector was through within two minutes; they go on.");
        } catch (ExecutionException e) {
            return Failed.of("error", String.valueOf(e.getCause()));
        }
        String troubles = collectors.stream()
                .filter(each -> each.trouble().isPresent())
                .map(each -> each.name() + ": " + each.trouble().get())
                .collect(Collectors.joining("; "));
        return troubles.isEmpty() ? new Done() : Failed.of("collector-failed", troubles);
    }

    private CommandOutcome apply() throws IOException, InterruptedException {
        return policy.apply() == PolicySettings.Outcome.REFUSED
                ? Failed.of("not-approved", "What is shown is not what officers approved whom this device believes.")
                : new Done();
    }

    private CommandOutcome renew() throws IOException, InterruptedException {
        return switch (renewal.now()) {
            case RENEWED -> new Done();
            case NOT_YET -> Failed.of("not-yet", "The appliance gives no new certificate yet.");
            case TAKEN_BACK -> Failed.of("taken-back", "The appliance did not know its own new certificate.");
            case REFUSED -> Failed.of("refused", "The appliance does not let this certificate in.");
        };
    }

    private Optional<StreamQueue> stream(String name) {
        return queue.streams().stream()
                .filter(each -> each.stream().value().equals(name))
                .findFirst();
    }

    private CommandOutcome resend(DeviceOrder.Resend asked) throws IOException, InterruptedException {
        Optional<StreamQueue> stream = stream(asked.stream().value());
        if (stream.isEmpty()) {
            return Failed.of("no-such-stream", "This agent has no stream " + asked.stream() + ".");
        }
        StreamQueue.Kept kept = stream.get().kept(asked.epoch(), asked.first(), asked.last());
        for (CutBatch batch : kept.batches()) {
            Optional<Failed> refusal = refusal(transport.send(batch));
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        if (kept.waitingTo() > kept.waitingFrom()) {
            stream.get().hurry();
        }
        return covered(asked, kept);
    }

    private static Optional<Failed> refusal(Reply reply) {
        return switch (reply) {
            case Reply.Acknowledged taken -> Optional.empty();
            case Reply.Refused refused ->
                Optional.of(Failed.of(
                        refused.code().matches("[a-z0-9-]{1,64}") ? refused.code() : "refused", refused.told()));
            case Reply.Unanswered unanswered -> Optional.of(Failed.of("unreachable", unanswered.why()));
        };
    }

    private static CommandOutcome covered(DeviceOrder.Resend asked, StreamQueue.Kept kept) {
        List<String> missing = new ArrayList<>();
        long expected = asked.first();
        for (CutBatch batch : kept.batches()) {
            if (batch.first() > expected) {
                missing.add(expected + " to " + (batch.first() - 1));
            }
            expected = Math.max(expected, batch.last() + 1);
        }
        if (expected <= asked.last() && expected < kept.waitingFrom()) {
            missing.add(expected + " to " + Math.min(asked.last(), kept.waitingFrom() - 1));
            expected = kept.waitingFrom();
        }
        if (expected <= asked.last() && asked.last() >= kept.waitingTo()) {
            missing.add(Math.max(expected, kept.waitingTo()) + " to " + asked.last());
        }
        return missing.isEmpty()
                ? new Done()
                : Failed.of(
                        kept.batches().isEmpty() ? "gone" : "partly-gone",
                        "These sequences are not here any more: " + String.join(", ", missing) + ".");
    }

    private CommandOutcome rotate(DeviceOrder.RotateQueue asked) throws IOException, InterruptedException {
        List<StreamQueue> streams = queue.streams().stream()
                .filter(each -> asked.stream().isEmpty() || asked.stream().get().equals(each.stream()))
                .toList();
        if (streams.isEmpty()) {
            return Failed.of("no-such-stream", "This agent has no such stream.");
        }
        List<String> before = streams.stream().map(StreamQueue::epoch).toList();
        for (StreamQueue stream : streams) {
            stream.rotate();
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<StreamQueue> waiting = streams.stream()
                    .filter(each -> before.get(streams.indexOf(each)).equals(each.epoch()))
                    .toList();
            if (waiting.isEmpty()) {
                return new Done();
            }
            if (System.nanoTime() - deadline >= 0) {
                waiting.forEach(StreamQueue::rotateNot);
                return Failed.of(
                        "not-acknowledged",
                        "A batch is under way that was not acknowledged within two minutes: "
                                + waiting.stream()
                                        .map(each -> each.stream().value())
                                        .collect(Collectors.joining(", ")));
            }
            Thread.sleep(LOOK);
        }
    }
}
