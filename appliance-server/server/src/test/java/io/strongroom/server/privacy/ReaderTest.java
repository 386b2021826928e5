package io.strongroom.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A token is, to policy, somebody in the least role that what it may do needs, and in none besides. */
class ReaderTest {
    private static Caller token(Scope scope) {
        return new Caller("t-1", "nightly", "acme", Set.of(scope), Set.of());
    }

    @Test
    void aTokenReadsAndExportsInTheRoleOfItsScopeAlone() {
        assertThat(Reader.of(token(Scope.READ), "", Instant.EPOCH).who().roles())
                .containsExactly("Audit.Reader");
        assertThat(Reader.exporting(token(Scope.EXPORT)).roles()).containsExactly("Export.Operator");
        assertThat(Reader.exporting(token(Scope.READ)).roles()).isEmpty();
        for (Scope other : Set.of(Scope.INGEST, Scope.EXPORT, Scope.POLICY, Scope.ADMIN)) {
            assertThat(Reader.of(token(other), "", Instant.EPOCH).who().roles())
                    .as(other.name())
                    .isEmpty();
        }
    }
}
