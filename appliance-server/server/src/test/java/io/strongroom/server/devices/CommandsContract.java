package io.strongroom.server.devices;

import static io.strongroom.server.devices.DeviceStand.OFFICER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.CommandOutcome;
import io.strongroom.api.CommandOutcome.Done;
import io.strongroom.api.CommandOutcome.Failed;
import io.strongroom.api.DeviceCommand;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.StreamName;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.devices.DeviceCommands.AskedOfGroup;
import io.strongroom.server.devices.Standing.Decision;
import io.strongroom.server.problem.ProblemException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is promised of commands, on either database. */
abstract class CommandsContract {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final DeviceStand stand;
    private final X509Certificate certificate;
    private final String device;

    CommandsContract(JdbcDatabase database) {
        this.stand = new DeviceStand(database);
        this.certificate = stand.enrolled();
        this.device = DeviceStand.id(certificate);
    }

    @AfterEach
    void close() {
        stand.database.close();
    }

    private static void assertProblem(ProblemType type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    private CommandRow ask(DeviceOrder order) {
        return stand.commands.ask(OFFICER, device, order, A_DAY);
    }

    private List<DeviceCommand> open(String... known) {
        try {
            return stand.commands.await(device, Set.of(known));
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private Caller caller() {
        return new Caller(stand.admitted(certificate), "acme");
    }

    private String state(CommandRow command) {
        return stand.commands.list(device, null, 100).stream()
                .filter(each -> each.id().equals(command.id()))
                .map(each -> each.state(stand.now.get().toEpochMilli()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCommandIsGivenOutUntilItsOutcomeIsTold() {
        DeviceOrder order =
                new DeviceOrder.Resend(new StreamName("audit.logs"), "00112233445566778899aabbccddeeff", 3, 900);
        CommandRow asked = ask(order);
        assertThat(state(asked)).isEqualTo("waiting");
        assertThat(stand.delivered)
                .containsExactly(device + " " + asked.command().toJson());
        assertThat(open()).containsExactly(asked.command());
        assertThat(state(asked)).isEqualTo("delivered");
        assertThat(open()).as("whose answer was lost").containsExactly(asked.command());
        CommandOutcome outcome = new Failed("gone", "They are not here any more.");
        stand.commands.settle(caller(), asked.id(), outcome);
        stand.commands.settle(caller(), asked.id(), outcome);
        assertThat(state(asked)).isEqualTo("failed");
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> stand.commands.settle(caller(), asked.id(), new Done()));
        CommandRow next = ask(new DeviceOrder.RotateQueue(Optional.empty()));
        assertThat(open()).containsExactly(next.command());
        assertThat(stand.told)
                .contains("system.devices Device.CommandGiven by ServiceToken")
                .containsOnlyOnce("system.devices Device.CommandFailed by Device");
    }

    @Test
    void aGroupIsAskedDeviceByDeviceAndWhoCannotBeAskedIsNamed() {
        String other = DeviceStand.id(stand.enrolled());
        String locked = DeviceStand.id(stand.enrolled());
        stand.standing.decide(OFFICER, locked, Decision.LOCK);
        for (int i = 0; i < DeviceCommand.MOST_OPEN; i++) {
            stand.commands.ask(OFFICER, other, new DeviceOrder.Renew(), A_DAY);
        }

        AskedOfGroup asked = stand.commands.askGroup(OFFICER, "default", "", new DeviceOrder.CollectNow(), A_DAY);

        assertThat(asked.asked()).extracting(CommandRow::device).containsExactly(device);
        assertThat(open()).extracting(DeviceCommand::order).containsExactly(new DeviceOrder.CollectNow());
        assertThat(asked.notAsked()).singleElement().satisfies(not -> {
            assertThat(not.device()).isEqualTo(other);
            assertThat(not.why()).contains("commands that it has not answered");
        });
        assertThat(asked.next()).isNull();
        String last = device.compareTo(other) > 0 ? device : other;
        assertThat(stand.commands
                        .askGroup(OFFICER, "default", last, new DeviceOrder.CollectNow(), A_DAY)
                        .asked())
                .isEmpty();
        assertProblem(
                ProblemType.NOT_FOUND,
                () -> stand.commands.askGroup(OFFICER, "nobody", "", new DeviceOrder.CollectNow(), A_DAY));
    }

    @Test
    void whoWaitsIsToldAtOnceAndNotOfWhatItKnows() {
        CommandRow known = ask(new DeviceOrder.Renew());
        CompletableFuture<List<DeviceCommand>> waiting =
                CompletableFuture.supplyAsync(() -> open(known.id()), Thread::startVirtualThread);
        await().until(() -> stand.waits.isWaiting(device));
        assertThat(waiting).isNotDone();
        CommandRow asked = ask(new DeviceOrder.CollectNow());
        assertThat(waiting.join()).containsExactly(asked.command());
        assertThat(stand.waits.isWaiting(device)).isFalse();
    }

    @Test
    void aSecondQuestionEndsTheFirst() {
        CompletableFuture<List<DeviceCommand>> first =
                CompletableFuture.supplyAsync(this::open, Thread::startVirtualThread);
        await().until(() -> stand.waits.isWaiting(device));
        CompletableFuture<List<DeviceCommand>> second =
                CompletableFuture.supplyAsync(this::open, Thread::startVirtualThread);
        assertThat(first.join()).isEmpty();
        CommandRow asked = ask(new DeviceOrder.CollectNow());
        assertThat(second.join()).containsExactly(asked.command());
    }

    @Test
    void whoIsRevokedWhileItWaitsIsRefusedAtOnce() {
        assertThat(caller().id()).isEqualTo(device);
        CompletableFuture<List<DeviceCommand>> waiting =
                CompletableFuture.supplyAsync(this::open, Thread::startVirtualThread);
        await().until(() -> stand.waits.isWaiting(device));
        var unused = stand.standing.decide(OFFICER, device, Decision.REVOKE);
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ProblemException.class);
        assertProblem(ProblemType.DEVICE_REVOKED, this::open);
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> ask(new DeviceOrder.CollectNow()));
    }

    @Test
    void whoeverWaitsIsAnsweredWhenTheServerStops() {
        CompletableFuture<List<DeviceCommand>> waiting =
                CompletableFuture.supplyAsync(this::open, Thread::startVirtualThread);
        await().until(() -> stand.waits.isWaiting(device));
        assertThat(stand.waits.shutdownGracefully()).isDone();
        assertThat(waiting.join()).isEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    void anExpiredCommandIsGivenOutNoMoreButWhatHadComeOfItCounts() {
        CommandRow asked = ask(new DeviceOrder.CollectNow());
        stand.pass(A_DAY);
        assertThat(state(asked)).isEqualTo("expired");
        assertThat(stand.waits.shutdownGracefully()).isDone();
        assertThat(open()).isEmpty();
        stand.commands.settle(caller(), asked.id(), new Done());
        assertThat(state(asked)).isEqualTo("done");
        stand.pass(Duration.ofDays(92));
        CommandRow later = ask(new DeviceOrder.CollectNow());
        assertThat(stand.commands.list(device, null, 100))
                .extracting(CommandRow::id)
                .containsExactly(later.id());
    }

    @Test
    void whatCannotBeRecordedIsNotAskedAndNotSettled() {
        CommandRow asked = ask(new DeviceOrder.CollectNow());
        Caller caller = caller();
        stand.trailIsDown = true;
        assertThatThrownBy(() -> ask(new DeviceOrder.Renew())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stand.commands.settle(caller, asked.id(), new Done()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(stand.delivered).hasSize(1);
        assertThat(open()).containsExactly(asked.command());
        stand.trailIsDown = false;
        stand.commands.settle(caller, asked.id(), new Done());
        assertThat(state(asked)).isEqualTo("done");
    }

    @Test
    void nobodyHasMoreThanSoManyOpenAndNobodyTellsTheOutcomeOfAnothers() {
        CommandRow first = ask(new DeviceOrder.CollectNow());
        for (int i = 1; i < DeviceCommand.MOST_OPEN; i++) {
            var unused = ask(new DeviceOrder.CollectNow());
        }
        assertProblem(ProblemType.DEVICE_CONFLICT, () -> ask(new DeviceOrder.CollectNow()));
        assertThat(open()).hasSize(DeviceCommand.MOST_OPEN);
        Caller other = new Caller(stand.admitted(stand.enrolled()), "acme");
        assertProblem(ProblemType.NOT_FOUND, () -> stand.commands.settle(other, first.id(), new Done()));
        assertProblem(
                ProblemType.NOT_FOUND,
                () -> stand.commands.ask(OFFICER, "dev-nobody", new DeviceOrder.CollectNow(), A_DAY));
        stand.commands.settle(caller(), first.id(), new Done());
        assertThat(state(ask(new DeviceOrder.CollectNow()))).isEqualTo("waiting");
    }

    @Test
    void aListIsReadInPagesFromTheNewestOn() {
        List<String> asked = new java.util.ArrayList<>();
        for (int i = 0; i < 7; i++) {
            asked.addFirst(ask(new DeviceOrder.CollectNow()).id());
            stand.now.updateAndGet(instant -> instant.plusMillis(1));
        }
        List<CommandRow> first = stand.commands.list(device, null, 4);
        List<CommandRow> second = stand.commands.list(device, first.getLast().id(), 4);
        assertThat(java.util.stream.Stream.concat(first.stream(), second.stream())
                        .map(CommandRow::id))
                .isEqualTo(asked);
        assertProblem(ProblemType.INVALID_PARAMETER, () -> stand.commands.list(device, "cmd-nothing", 4));
    }
}
