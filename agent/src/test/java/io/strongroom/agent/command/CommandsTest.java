package io.strongroom.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.agent.send.Backoff;
import io.strongroom.api.CommandOutcome;
import io.strongroom.api.CommandOutcome.Done;
import io.strongroom.api.CommandOutcome.Failed;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
    @TempDir
    private Path data;

    private final List<DeviceOrder> done = new CopyOnWriteArrayList<>();
    private final Map<String, CommandOutcome> told = new ConcurrentHashMap<>();
    private volatile boolean reachable = true;

    private boolean tell(String command, CommandOutcome outcome) {
        if (reachable) {
            told.put(command, outcome);
        }
        return reachable;
    }

    private Commands commands(Deeds deeds) throws IOException {
        return new Commands(data, deeds, this::tell).start();
    }

    private CommandOutcome doIt(DeviceOrder order) {
        done.add(order);
        return new Done();
    }

    private static String id(int number) {
        return "cmd-aaaaaaaaaaaaaaa" + (char) ('a' + number);
    }

    private static byte[] command(String id, String kind) {
        return Json.object()
                .put("id", id)
                .put("kind", kind)
                .put("expiresAt", "2026-11-22T00:00:00.000Z")
                .build()
                .bytes();
    }

    @Test
    void aCommandIsCarriedOutOnceHoweverOftenItComesAlsoAfterAStart() throws Exception {
        try (Commands commands = commands(this::doIt)) {
            commands.take(command(id(0), "collect"));
            commands.take(command(id(0), "collect"));
            commands.take(command(id(1), "renew"));
            await().until(() -> told.size() == 2);
            commands.take(command(id(0), "collect"));
            commands.take(command(id(2), "rotate-queue"));
            await().until(() -> told.size() == 3);
        }
        try (Commands again = commands(this::doIt)) {
            again.take(command(id(1), "renew"));
            again.take(command(id(3), "apply-policy"));
            await().until(() -> told.size() == 4);
        }
        assertThat(done)
                .extracting(DeviceOrder::kind)
                .containsExactly("collect", "renew", "rotate-queue", "apply-policy");
    }

    @Test
    void whatWasUnderWayWhenTheAgentEndedIsToldAsInterruptedAndNotDoneAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (Commands commands = commands(order -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return new Done();
        })) {
            commands.take(command(id(0), "renew"));
            begun.await();
        }
        assertThat(told).isEmpty();
        try (Commands again = commands(this::doIt)) {
            assertThat(again.known()).containsExactly(id(0));
            assertThat(again.tell()).isTrue();
            assertThat(again.known()).isEmpty();
            again.take(command(id(0), "renew"));
            again.take(command(id(1), "collect"));
            await().until(() -> told.size() == 2);
        }
        assertThat(told.get(id(0))).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                .isEqualTo("interrupted"));
        assertThat(done).hasSize(1);
    }

    @Test
    void anOutcomeThatCouldNotBeToldIsToldLaterAlsoAfterAStart() throws Exception {
        reachable = false;
        try (Commands commands = commands(this::doIt)) {
            commands.take(command(id(0), "collect"));
            await().until(() -> done.size() == 1 && commands.known().contains(id(0)));
            assertThat(commands.tell()).isFalse();
        }
        reachable = true;
        try (Commands again = commands(this::doIt)) {
            assertThat(again.tell()).isTrue();
            assertThat(told).containsExactly(Map.entry(id(0), new Done()));
        }
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredAndWhatIsNoCommandIsPassedOver() throws Exception {
        try (Commands commands = commands(this::doIt)) {
            commands.take(command(id(0), "dance"));
            commands.take("no json".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            commands.take(command("../../etc", "collect"));
            assertThat(commands.tell()).isTrue();
        }
        assertThat(told).containsOnlyKeys(id(0));
        assertThat(told.get(id(0))).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                .isEqualTo("not-understood"));
        assertThat(done).isEmpty();
    }

    @Test
    void aDeedThatBreaksIsTold() throws Exception {
        try (Commands commands = commands(order -> {
            throw new IllegalStateException("broken");
        })) {
            commands.take(command(id(0), "collect"));
            await().until(() ->
                    told.get(id(0)) instanceof Failed failed && failed.detail().contains("broken"));
        }
    }

    @Test
    void whereNothingCanBeWrittenNothingIsCarriedOut() throws Exception {
        try (Commands commands = commands(this::doIt)) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));
            org.junit.jupiter.api.Assumptions.assumeFalse(
                    Files.isWritable(data), "whoever may do everything may write there, too");
            try {
                commands.take(command(id(0), "collect"));
                await().until(() -> commands.trouble().isPresent());
            } finally {
                Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            }
        }
        assertThat(done).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void theJournalHasABound() throws IOException {
        CommandJournal journal = new CommandJournal(data.resolve("commands.json")).open();
        for (int i = 0; i < CommandJournal.MOST + 40; i++) {
            assertThat(journal.begin("cmd-" + i)).isTrue();
            journal.ended("cmd-" + i, new Done());
            journal.told("cmd-" + i);
        }
        assertThat(Files.size(data.resolve("commands.json"))).isLessThan(100L * CommandJournal.MOST);
        assertThat(journal.begin("cmd-" + (CommandJournal.MOST + 39))).isFalse();
    }

    @Test
    void thatCommandsCannotBeAskedForIsSaid() throws Exception {
        CommandPoll.Question broken = path -> {
            throw new IllegalStateException("no memory");
        };
        try (Commands commands = commands(this::doIt);
                CommandPoll poll = new CommandPoll(broken, commands, Backoff.DEFAULT, new Random(1)).start()) {
            await().until(() -> poll.trouble().isPresent());
            assertThat(poll.trouble().orElseThrow())
                    .contains("Commands cannot be asked for")
                    .contains("no memory");
        }
    }

    @Test
    void thatTheApplianceDoesNotAnswerAboutCommandsIsSaid() throws Exception {
        CommandPoll.Question broken = path -> new CommandPoll.Answer(500, new byte[0]);
        try (Commands commands = commands(this::doIt);
                CommandPoll poll = new CommandPoll(broken, commands, Backoff.DEFAULT, new Random(1)).start()) {
            await().until(() -> poll.trouble().isPresent());
            assertThat(poll.trouble().orElseThrow()).contains("the appliance answered 500");
        }
    }

    @Test
    void anOutcomeThatCannotBeToldHoldsNoOtherCommandUpAndIsSaid() throws Exception {
        Outcomes broken = (command, outcome) -> {
            if (command.equals(id(0))) {
                throw new IllegalStateException("no memory");
            }
            return tell(command, outcome);
        };
        try (Commands commands = new Commands(data, this::doIt, broken).start()) {
            commands.take(command(id(0), "collect"));
            await().until(() -> commands.trouble().isPresent());
            assertThat(commands.trouble().orElseThrow())
                    .contains("cannot be told")
                    .contains("no memory");
            commands.take(command(id(1), "renew"));
            await().until(() -> told.containsKey(id(1)));
        }
    }
}
