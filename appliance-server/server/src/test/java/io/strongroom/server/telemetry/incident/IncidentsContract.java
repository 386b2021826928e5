package io.strongroom.server.telemetry.incident;

import static io.strongroom.server.telemetry.incident.rule.Seen.DAY;
import static io.strongroom.server.telemetry.incident.rule.Seen.HOUR;
import static io.strongroom.server.telemetry.incident.rule.Seen.MINUTE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.telemetry.incident.Incident.State;
import io.strongroom.server.telemetry.incident.Incidents.Filter;
import io.strongroom.server.telemetry.incident.rule.Seen;
import io.strongroom.server.telemetry.incident.rule.Severity;
import io.strongroom.server.telemetry.incident.rule.Thresholds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of incidents, on either database. */
abstract class IncidentsContract {
    private static final Caller OFFICER = new Caller("ann", "ann", "acme", Set.of(Scope.ADMIN), Set.of());
    private static final Caller OTHER = new Caller("bob", "bob", "acme", Set.of(Scope.ADMIN), Set.of());

    private IncidentStand stand;

    abstract JdbcDatabase open();

    @BeforeEach
    void openDatabase() {
        stand = new IncidentStand(open());
    }

    @AfterEach
    void close() {
        stand.database.close();
    }

    private static Seen gap(long at) {
        return Seen.action("agent.gap", at).with("cause", "evicted");
    }

    private static void assertProblem(ProblemType type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void anIncidentOpensOnceIsKeptUpAndIsShownOnceItIsInTheLedger() {
        stand.see(gap(DAY), gap(DAY + 1));
        stand.follow(1);
        assertThat(stand.all()).as("nothing is shown that is not recorded").isEmpty();
        assertThat(stand.settle()).isEqualTo(1);
        stand.see(gap(DAY + 2), gap(DAY + 3).of("dev-2"));
        assertThat(stand.settle()).isEqualTo(1);
        assertThat(stand.said()).containsExactly("Incident.Opened gap", "Incident.Opened gap");
        assertThat(stand.all()).hasSize(2).last().satisfies(first -> {
            assertThat(first.device()).isEqualTo("dev-1");
            assertThat(first.state()).isEqualTo(State.OPEN);
            assertThat(first.severity()).isEqualTo(Severity.S1);
            assertThat(first.count()).isEqualTo(3);
            assertThat(first.records()).containsExactly(0L, 1L, 3L);
            assertThat(first.last().at()).isEqualTo(DAY + 2);
            assertThat(first.recorded()).isEqualTo(2);
        });
    }

    @Test
    void noClockOfADevicePutsAnIncidentIntoTheFutureOrItsEndBeforeItsBeginning() {
        long years = DAY + 10 * 365 * 24 * HOUR;
        stand.see(gap(years).recorded(DAY + HOUR), gap(DAY).recorded(DAY + 2 * HOUR));
        stand.settle();
        assertThat(stand.all())
                .filteredOn(incident -> incident.rule().equals("gap"))
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.first().at()).isEqualTo(DAY + HOUR);
                    assertThat(gap.last().at()).isEqualTo(DAY + HOUR);
                    assertThat(gap.last().seq()).isEqualTo(1);
                });
    }

    @Test
    void ofManyRecordsTheFirstAndTheNewestAreNamed() {
        for (int i = 0; i < 50; i++) {
            stand.see(gap(DAY + i));
        }
        stand.settle();
        assertThat(stand.all()).singleElement().satisfies(incident -> {
            assertThat(incident.count()).isEqualTo(50);
            assertThat(incident.records())
                    .hasSize(Incident.MOST_RECORDS)
                    .startsWith(0L, 1L, 2L)
                    .endsWith(47L, 48L, 49L);
        });
    }

    @Test
    void whatItsRuleSeesIsOverIsClosedInTheLedgerAndWhatComesLaterIsAnother() {
        Seen failed = Seen.action("Deployment.Failed", DAY).with("package", "pkg:deb/a");
        Seen done = Seen.action("Deployment.Succeeded", DAY).with("package", "pkg:deb/a");
        stand.see(failed, failed, done, failed, failed);
        stand.settle();
        assertThat(stand.said())
                .containsExactly(
                        "Incident.Opened deployment-failed",
                        "Incident.Closed over",
                        "Incident.Opened deployment-failed");
        assertThat(stand.all()).extracting(Incident::state).containsExactly(State.OPEN, State.CLOSED);
    }

    @Test
    void whatBecomesWorseIsAnother() {
        Seen lost = new Seen("dev-1", "telemetry.health", "agent.gap", DAY, DAY, java.util.Map.of());
        stand.see(lost.with("cause", "downsampled"), lost.with("cause", "evicted"), lost.with("cause", "downsampled"));
        stand.settle();
        assertThat(stand.all())
                .extracting(Incident::severity, Incident::state, Incident::count)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Severity.S2, State.OPEN, 2L),
                        org.assertj.core.groups.Tuple.tuple(Severity.S3, State.CLOSED, 1L));
    }

    @Test
    void anOfficerAcknowledgesAndClosesAndOneIsFirst() {
        stand.see(gap(DAY));
        stand.settle();
        String id = stand.all().getFirst().id();
        assertProblem(ProblemType.NOT_FOUND, () -> stand.incidents.acknowledge(OFFICER, "inc-0"));
        long seq = stand.incidents.acknowledge(OFFICER, id);
        assertThat(stand.ledger.get((int) seq).action()).isEqualTo("Incident.Acknowledged");
        stand.settle();
        assertThat(requireNonNull(stand.all().getFirst().acknowledged()).by()).isEqualTo("ann");
        assertProblem(ProblemType.INCIDENT_CONFLICT, () -> stand.incidents.acknowledge(OTHER, id));
        stand.incidents.close(OTHER, id, Reason.FIXED);
        stand.settle();
        assertThat(stand.all().getFirst().state()).isEqualTo(State.CLOSED);
        assertThat(requireNonNull(stand.all().getFirst().closed()).because()).isEqualTo("fixed");
        assertProblem(ProblemType.INCIDENT_CONFLICT, () -> stand.incidents.close(OFFICER, id, Reason.ACCEPTED));
        stand.see(gap(DAY + HOUR));
        stand.settle();
        assertThat(stand.all()).hasSize(2);
    }

    @Test
    void whatCannotBeRecordedIsNotDecided() {
        stand.see(gap(DAY));
        stand.settle();
        String id = stand.all().getFirst().id();
        stand.ledgerIsDown = true;
        assertThatThrownBy(() -> stand.incidents.close(OFFICER, id, Reason.FIXED))
                .isInstanceOf(RuntimeException.class);
        stand.ledgerIsDown = false;
        stand.settle();
        assertThat(stand.all().getFirst().state()).isEqualTo(State.OPEN);
    }

    @Test
    void aSilentDeviceIsAnIncidentWhichIsOverOnceItIsHeardOf() {
        stand.see(Seen.health(DAY), Seen.health(DAY).of("dev-2"));
        stand.settle();
        stand.now.set(DAY + 15 * MINUTE);
        assertThat(stand.settle())
                .as("fifteen minutes are not more than fifteen minutes")
                .isZero();
        stand.see(Seen.health(DAY + 15 * MINUTE).of("dev-2"));
        stand.now.set(DAY + 15 * MINUTE + 1);
        assertThat(stand.settle()).isEqualTo(1);
        assertThat(stand.all()).singleElement().satisfies(incident -> {
            assertThat(incident.rule()).isEqualTo("heartbeat-missed");
            assertThat(incident.device()).isEqualTo("dev-1");
            assertThat(incident.first().at()).isEqualTo(DAY);
        });
        stand.now.set(DAY + 20 * MINUTE);
        assertThat(stand.settle()).as("once for each silence").isZero();
        stand.see(Seen.appliance("Device.Renewed", DAY));
        assertThat(stand.settle()).isZero();
        stand.see(Seen.health(DAY + 20 * MINUTE));
        assertThat(stand.settle()).isEqualTo(1);
        assertThat(stand.all().getFirst().state()).isEqualTo(State.CLOSED);
        stand.now.set(DAY + 40 * MINUTE);
        assertThat(stand.settle()).isEqualTo(2);
    }

    @Test
    void theAppliancesOwnSilenceAndThatOfDevicesThatAreShutOutIsNone() {
        stand.see(Seen.health(DAY));
        stand.settle();
        stand.now.set(DAY + 10 * HOUR);
        stand.restart(Thresholds.DEFAULT);
        assertThat(stand.settle()).as("it was away itself").isZero();
        stand.now.set(DAY + 10 * HOUR + 16 * MINUTE);
        stand.state = DeviceState.REVOKED;
        assertThat(stand.settle()).isZero();
        stand.state = DeviceState.ACTIVE;
        assertThat(stand.settle()).isEqualTo(1);
    }

    @Test
    void aKillBetweenFindingAndRecordingLosesNothingAndDoublesNothing() {
        stand.see(gap(DAY));
        stand.follow(10);
        stand.restart(Thresholds.DEFAULT);
        stand.ledgerIsDown = true;
        assertThatThrownBy(stand::record).isInstanceOf(RuntimeException.class);
        stand.ledgerIsDown = false;
        stand.answersAreLost = true;
        assertThatThrownBy(stand::record).isInstanceOf(RuntimeException.class);
        assertThat(stand.said()).hasSize(1);
        stand.answersAreLost = false;
        stand.restart(Thresholds.DEFAULT);
        assertThat(stand.record()).as("the view is not there yet").isZero();
        assertThat(stand.settle()).isZero();
        assertThat(stand.said()).hasSize(1);
        assertThat(stand.all()).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostWritesNothingTwice() {
        stand.see(gap(DAY));
        stand.follow(10);
        stand.answersAreLost = true;
        assertThatThrownBy(stand::record).isInstanceOf(RuntimeException.class);
        stand.answersAreLost = false;
        assertThat(stand.record()).as("tried again under its key").isEqualTo(1);
        assertThat(stand.said()).hasSize(1);
    }

    @Test
    void aRebuildWritesNothingAndGivesTheSame() {
        everyKind();
        stand.settle();
        decide();
        stand.settle();
        List<Incident> before = stand.everything();
        int size = stand.ledger.size();
        stand.beginAgain();
        assertThat(stand.record()).isZero();
        assertThat(stand.settle()).isZero();
        assertThat(stand.everything()).isEqualTo(before).hasSizeGreaterThan(5);
        assertThat(stand.ledger).hasSize(size);
    }

    @Test
    void incidentsAreTheSameWhateverTheBatches() {
        everyKind();
        stand.settle();
        decide();
        stand.settle();
        List<Incident> before = stand.everything();
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            stand.beginAgain();
            for (int i = 0; i < stand.ledger.size(); i++) {
                stand.follow(1 + random.nextInt(7));
            }
            assertThat(stand.everything()).isEqualTo(before);
        }
    }

    @Test
    void otherThresholdsTellNothingNewOfWhatWas() {
        for (int i = 0; i < 4; i++) {
            stand.see(Seen.action("Process.Crashed", DAY + i));
        }
        stand.see(gap(DAY));
        stand.settle();
        stand.now.addAndGet(2 * MINUTE);
        stand.settle();
        int size = stand.ledger.size();
        stand.restart(new Thresholds(15, 24, 2, 2, 6, 60));
        stand.beginAgain();
        stand.settle();
        assertThat(stand.ledger).hasSize(size);
        assertThat(stand.everything()).extracting(Incident::rule).containsExactly("gap");
        stand.restart(new Thresholds(15, 24, 100, 2, 6, 60));
        stand.see(Seen.action("Process.Crashed", DAY + 5));
        stand.settle();
        assertThat(stand.ledger).hasSize(size + 1);
    }

    @Test
    void whatWasRecordedStaysThoughTheRulesWouldNotFindItNow() {
        for (int i = 0; i < 5; i++) {
            stand.see(Seen.action("Process.Crashed", DAY + i));
        }
        stand.settle();
        assertThat(stand.all()).hasSize(1);
        stand.restart(new Thresholds(15, 24, 50, 2, 6, 60));
        stand.beginAgain();
        assertThat(stand.settle()).isZero();
        assertThat(stand.all()).singleElement().satisfies(incident -> {
            assertThat(incident.rule()).isEqualTo("crash-rate");
            assertThat(incident.first().seq()).isEqualTo(4);
            assertThat(incident.detail().integer("crashes")).isEqualTo(5);
        });
    }

    @Test
    void aDeviceThatRaisesMoreThanItMayHasNoMore() {
        for (int i = 0; i < IncidentFold.MOST_ACTIVE + 20; i++) {
            stand.see(Seen.action("Incident.Raised", DAY).with("rule", "r" + i).with("severity", "S3"));
        }
        stand.see(gap(DAY).of("dev-2"));
        stand.settle();
        assertThat(stand.all()).hasSize(IncidentFold.MOST_ACTIVE + 1);
    }

    @Test
    void incidentsAreFoundByDeviceRuleSeverityAndState() {
        stand.see(
                gap(DAY),
                gap(DAY).of("dev-2"),
                Seen.action("Incident.Raised", DAY).with("rule", "x"));
        stand.settle();
        List<Incident> all = stand.all();
        assertThat(all)
                .extracting(incident -> requireNonNull(incident.recorded()))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(list(new Filter(Optional.of("dev-1"), Optional.empty(), Optional.empty(), Optional.empty())))
                .hasSize(2);
        assertThat(list(new Filter(Optional.of("dev-1"), Optional.of("gap"), Optional.empty(), Optional.empty())))
                .hasSize(1);
        assertThat(list(new Filter(Optional.empty(), Optional.empty(), Optional.of(Severity.S2), Optional.empty())))
                .extracting(Incident::rule)
                .containsExactly("agent.x");
        assertThat(list(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(State.CLOSED))))
                .isEmpty();
        assertThat(stand.incidents.list(Filter.ALL, requireNonNull(all.get(1).recorded()), 10))
                .containsExactly(all.get(2));
    }

    private List<Incident> list(Filter filter) {
        return stand.incidents.list(filter, Long.MAX_VALUE, 10);
    }

    @Test
    void whatIsClosedForLongEnoughIsListedNoMore() {
        stand.see(gap(DAY), gap(DAY).of("dev-2"));
        stand.settle();
        stand.incidents.close(OFFICER, stand.all().getFirst().id(), Reason.FIXED);
        stand.settle();
        stand.expire(stand.now.get() + IncidentStand.KEPT.toMillis());
        assertThat(stand.all()).hasSize(2);
        stand.expire(stand.now.get() + IncidentStand.KEPT.toMillis() + 1);
        assertThat(stand.all()).extracting(Incident::state).containsExactly(State.OPEN);
    }

    private void everyKind() {
        Seen failed = Seen.action("Deployment.Failed", DAY).with("package", "pkg:deb/a");
        stand.see(gap(DAY), failed, failed, Seen.health(DAY).disk("/", 0.99));
        stand.settle();
        stand.see(Seen.health(DAY + 5 * HOUR).recorded(DAY).of("dev-2"), gap(DAY + 2));
        stand.see(Seen.appliance("Device.Locked", DAY)
                .with("because", "copied-key")
                .of("dev-2"));
        stand.settle();
        stand.see(Seen.appliance("Device.Revoked", DAY).of("dev-2"));
        stand.see(Seen.action("Deployment.Succeeded", DAY).with("package", "pkg:deb/a"), failed, failed);
        stand.settle();
        stand.now.set(DAY + HOUR);
        stand.settle();
        stand.see(Seen.health(DAY + HOUR).disk("/", 0.2));
    }

    private void decide() {
        List<String> open = new ArrayList<>();
        stand.all().stream()
                .filter(incident -> incident.state() == State.OPEN)
                .forEach(incident -> open.add(incident.id()));
        assertThat(open).hasSizeGreaterThan(1);
        stand.incidents.acknowledge(OFFICER, open.getFirst());
        stand.incidents.close(OFFICER, open.getLast(), Reason.ACCEPTED);
    }
}
