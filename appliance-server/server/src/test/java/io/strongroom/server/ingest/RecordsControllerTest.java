package io.strongroom.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ProblemType;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.problem.ProblemException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class RecordsControllerTest {

    @Test
    void aRecordThatTheLedgerDidNotTakeIsToBeSentAgainAndTheReasonIsTold() {
        assertToldAs(
                new LedgerClosedException(LedgerClosedException.Reason.CLOCK_JUMP, "the clock moved", null),
                ProblemType.CLOCK_JUMP);
        assertToldAs(new LedgerClosedException("the process ends"), ProblemType.LEDGER_UNAVAILABLE);
        assertToldAs(new DatabaseException(new SQLException("gone")), ProblemType.STORAGE_UNAVAILABLE);
    }

    private static void assertToldAs(RuntimeException failure, ProblemType type) {
        ProblemException told = RecordsController.problem(failure);

        assertThat(told.type()).isEqualTo(type);
        assertThat(told.type().status()).isEqualTo(503);
        assertThat(told.retryAfter()).isPresent();
        assertThat(told).hasCause(failure);
    }
}
