package io.strongroom.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.database.Sql;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.projection.FakeLedger;
import io.strongroom.server.projection.TestRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the follower promises its views, on any engine. */
abstract class FollowerContract {
    private static final FakeDevices DEVICES = new FakeDevices("dev-a", "dev-b");

    private final FakeLedger ledger = new FakeLedger();
    private final Told told = new Told(ledger);
    private final Diary diary = new Diary("diary 1");
    private final List<Follower> running = new ArrayList<>();
    private Database database;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        database.owner(
                connection -> Sql.update(
                        connection,
                        "CREATE TABLE diary (seq bigint NOT NULL PRIMARY KEY, device_id varchar(20) NOT NULL, batch bigint NOT NULL)"));
    }

    @AfterEach
    void close() {
        running.forEach(Follower::close);
        database.close();
    }

    /** Writes down each observation; breaks where it is told to. */
    private static final class Diary implements View {
        private final String name;
        private final Set<Long> untakeable = new HashSet<>();
        private RuntimeException failure = new IllegalStateException("cannot take it");
        private final List<Observation> told = new ArrayList<>();
        private boolean diesBeforeCommit;

        private Diary(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> tables() {
            return List.of("diary");
        }

        @Override
        public boolean reads(String stream, String action) {
            return !action.equals("Line.Read");
        }

        @Override
        public void take(Connection connection, List<Observation> observations) throws SQLException {
            told.addAll(observations);
            for (Observation each : observations) {
                Sql.update(
                        connection,
                        "INSERT INTO diary (seq, device_id, batch) VALUES (?, ?, ?)",
                        each.seq(),
                        each.device(),
                        observations.getFirst().seq());
                if (untakeable.contains(each.seq())) {
                    throw failure;
                }
            }
            if (diesBeforeCommit) {
                throw new DatabaseException(new SQLException("the server is gone", "57P01"));
            }
        }
    }

    /** Forgets all of its rows, two at a time. */
    private static final class Forgetful implements View {
        @Override
        public String name() {
            return "forgetful 1";
        }

        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public boolean reads(String stream, String action) {
            return false;
        }

        @Override
        public void take(Connection connection, List<Observation> observations) {}

        @Override
        public boolean expire(Connection connection, long now, int most) throws SQLException {
            return Expiry.delete(connection, "diary", "seq", now, 2);
        }
    }

    private Follower follower(View... views) {
        Follower follower =
                Followed.follower(database, ledger, DEVICES, views.length == 0 ? new View[] {diary} : views);
        running.add(follower);
        return follower;
    }

    private List<Long> written() {
        return database.owner(
                connection -> Sql.all(connection, "SELECT seq FROM diary ORDER BY seq", row -> row.getLong(1)));
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            told.plain(i % 3 == 0 ? "dev-b" : "dev-a", "{\"hardware\":{\"cpu\":" + i + "}}");
        }
    }

    @Test
    void whatDevicesToldIsTakenInOrderAndWhatOthersSayIsNot() {
        long first = told.plain("dev-a", "{}");
        ledger.append(TestRecord.of(Told.DAY, "Order.Placed", "jane"), told.now());
        told.plain("dev-unknown", "{}");
        long second = told.plain("dev-b", "{}");
        long third =
                told.record("strongroom", "system.devices", "Device.Revoked", "User", "ann", "Device", "dev-a", "{}");
        told.record("strongroom", "system.devices", "DeviceToken.Made", "User", "ann", "EnrolmentToken", "t", "{}");

        Follower follower = follower();
        Followed.catchUp(follower);

        assertThat(written()).containsExactly(first, second, third);
        assertThat(follower.status()).isEqualTo(new FollowerStatus(6, 6, 0, false, 0, false));
        assertThat(follower.step()).isFalse();
    }

    @Test
    void ofWhatNoViewReadsIsToldThatItCameAndNoMore() {
        String attributes = "{\"host.name\":\"till-4\",\"outcome\":\"failure\"}";
        told.device("dev-a", "audit.logs", "Line.Read", attributes);
        told.device("dev-a", "audit.logs", "Session.Open", attributes);
        Followed.catchUp(follower());

        assertThat(diary.told).hasSize(2).allSatisfy(each -> {
            assertThat(each.device()).isEqualTo("dev-a");
            assertThat(each.outcome()).isEqualTo("success");
            assertThat(each.occurredAt()).isEqualTo(Told.DAY + each.seq() * 1_000 - 500);
        });
        assertThat(diary.told.getFirst().attributes()).isEmpty();
        assertThat(diary.told.getFirst().resource()).isEmpty();
        assertThat(diary.told.getLast().attributes()).containsOnlyKeys("host.name", "outcome");
        assertThat(diary.told.getLast().resource()).isPresent();
    }

    @Test
    void eachObservationHasItsEffectOnceThoughItsTransactionIsLost() {
        fill(10);
        diary.diesBeforeCommit = true;
        Follower killed = follower();
        killed.step();
        assertThatThrownBy(killed::step).isInstanceOf(DatabaseException.class);
        assertThat(written()).isEmpty();

        diary.diesBeforeCommit = false;
        Followed.catchUp(follower());
        fill(5);
        Followed.catchUp(follower());

        assertThat(written()).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void anObservationThatAViewCannotTakeIsPassedOverAndListed() {
        fill(50);
        diary.untakeable.addAll(List.of(0L, 17L, 49L));
        Follower follower = follower();
        Followed.catchUp(follower);

        assertThat(written()).hasSize(47).doesNotContain(0L, 17L, 49L);
        assertThat(follower.status().unreadable()).isEqualTo(3);
        assertThat(database.read(FollowerTable::listed))
                .extracting(ObservationBatch.Unreadable::seq)
                .containsExactly(49L, 17L, 0L);
    }

    @Test
    void soIsOneThatTheDatabaseRefuses() {
        fill(9);
        diary.untakeable.add(4L);
        diary.failure = new DatabaseException(new SQLException("value too long", "22001"));
        Followed.catchUp(follower());
        assertThat(written()).hasSize(8).doesNotContain(4L);
    }

    @Test
    void aRecordThatIsDamagedOrNoneIsListedAndOneThatExpiredIsNot() {
        fill(6);
        ledger.replaceBody(1, "{\"action\":7}".getBytes(UTF_8));
        ledger.replaceBody(2, "no json".getBytes(UTF_8));
        ledger.replaceBody(3, null);
        ledger.damage(4);
        Follower follower = follower();
        Followed.catchUp(follower);

        assertThat(written()).containsExactly(0L, 5L);
        assertThat(follower.status().unreadable()).isEqualTo(3);
    }

    @Test
    void aDamagedEntryTakesNoneOfItsNeighboursAlong() {
        fill(20);
        ledger.damage(11);
        // As the stored ledger is: it reads ahead, and refuses a stretch before it gives any of it.
        LedgerReader strict = (LedgerReader) Proxy.newProxyInstance(
                LedgerReader.class.getClassLoader(),
                new Class<?>[] {LedgerReader.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        ledger.read((long) arguments[0], (long) arguments[1], false, row -> true);
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Follower follower = Followed.follower(database, strict, DEVICES, diary);
        running.add(follower);
        Followed.catchUp(follower);
        assertThat(written()).hasSize(19).doesNotContain(11L);
        assertThat(follower.status().unreadable()).isEqualTo(1);
    }

    @Test
    void aRebuildGivesTheSame() {
        fill(40);
        diary.untakeable.add(7L);
        Follower follower = follower();
        Followed.catchUp(follower);
        List<Long> before = written();

        follower.rebuild();
        assertThat(follower.status().rebuilding()).isTrue();
        follower.step();
        assertThat(written()).isEmpty();
        assertThat(follower.status().cursor()).isZero();
        Followed.catchUp(follower);

        assertThat(written()).isEqualTo(before);
        assertThat(follower.status()).isEqualTo(new FollowerStatus(40, 40, 0, false, 1, false));
    }

    @Test
    void viewsOfAnotherVersionAreMadeAgain() {
        fill(3);
        Followed.catchUp(follower());
        database.owner(connection -> Sql.update(connection, "DELETE FROM diary"));
        Followed.catchUp(follower());
        assertThat(written()).isEmpty();
        Followed.catchUp(follower(new Diary("diary 2")));
        assertThat(written()).hasSize(3);
    }

    @Test
    void whatAViewHasKeptForLongEnoughGoesPieceByPieceBetweenTwoBatches() {
        fill(5);
        Follower follower = follower(diary, new Forgetful());
        Followed.catchUp(follower);
        follower.upkeep();
        assertThat(written()).containsExactly(2L, 3L, 4L);
        follower.upkeep();
        follower.upkeep();
        assertThat(written()).isEmpty();
        fill(1);
        Followed.catchUp(follower);
        follower.upkeep();
        assertThat(written()).as("an hour is not over").containsExactly(5L);
    }

    @Test
    void ofTwoFollowersOneMovesTheCursor() {
        fill(3);
        Follower one = follower();
        Follower other = follower();
        one.step();
        other.step();
        assertThatThrownBy(one::step).hasMessageContaining("another process");
        assertThat(written()).hasSize(3);
    }

    @Test
    void aFollowerThatRunsGoesOnAfterFailures() {
        diary.diesBeforeCommit = true;
        Follower follower = follower();
        follower.start();
        fill(3);
        Awaitility.await().until(() -> follower.status().failing());
        diary.diesBeforeCommit = false;
        Awaitility.await()
                .until(() ->
                        follower.status().cursor() == 3 && !follower.status().failing());
        assertThat(written()).hasSize(3);
    }
}
