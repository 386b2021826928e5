package io.strongroom.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.TestDatabases;

class PostgresQuarantineTest extends QuarantineContract {
    PostgresQuarantineTest() {
        super(TestDatabases.postgres());
    }

    @Override
    String place() {
        return value("SELECT pg_relation_filenode('quarantine')");
    }

    /** What the rows held before stands in the file that is gone. */
    @Override
    void assertWrittenAnew(String before, String after) {
        assertThat(after).isNotEqualTo(before);
    }
}
