package io.strongroom.server.packs.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.server.packs.parquet.Column.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read back by DuckDB, which knows nothing of us. */
class ParquetWriterTest {
    private static final List<Column> COLUMNS = List.of(
            Column.required("seq", Kind.INT64),
            Column.required("at", Kind.TIMESTAMP),
            Column.optional("sequence", Kind.INT64),
            Column.required("name", Kind.TEXT),
            Column.optional("nick", Kind.TEXT),
            Column.optional("doc", Kind.JSON),
            Column.optional("labels", Kind.TEXT_MAP));

    private final Path folder;

    ParquetWriterTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anotherEngineReadsEveryValueAndEveryMissingOne() throws Exception {
        Path file = write(1000, 1 << 20);

        assertThat(query("SELECT count(*), min(seq), max(seq), count(sequence), count(nick) FROM '" + file + "'"))
                .containsExactly("1000|0|999|500|334");
        assertThat(query("SELECT seq, epoch_ms(\"at\"), sequence, name, nick, doc, labels['env'], labels['n'], "
                        + "cardinality(labels) FROM '" + file + "' WHERE seq IN (0, 1, 2, 6) ORDER BY seq"))
                .containsExactly(
                        "0|1700000000000|0|name ä0|nick0|{\"k\":0}|null|null|null",
                        "1|1700000000001|null|name ä1|null|{\"k\":1}|null|null|0",
                        "2|1700000000002|2|name ä2|null|{\"k\":2}|prod|2|2",
                        "6|1700000000006|6|name ä6|nick6|{\"k\":6}|prod|6|2");
    }

    @Test
    void columnsCarryTheirTypes() throws Exception {
        Path file = write(3, 1 << 20);

        assertThat(query("SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"))
                .containsExactly(
                        "seq BIGINT",
                        "at TIMESTAMP WITH TIME ZONE",
                        "sequence BIGINT",
                        "name VARCHAR",
                        "nick VARCHAR",
                        "doc JSON",
                        "labels MAP(VARCHAR, VARCHAR)");
    }

    @Test
    void manyRowGroupsReadAsOneTable() throws Exception {
        Path file = write(20_000, 4096);

        assertThat(query("SELECT count(*), sum(seq), count(DISTINCT name) FROM '" + file + "'"))
                .containsExactly("20000|199990000|20000");
        assertThat(query("SELECT count(*) FROM '" + file + "' WHERE seq = 12345"))
                .containsExactly("1");
        assertThat(query("SELECT count(DISTINCT row_group_id) > 10, max(stats_null_count) FROM parquet_metadata('"
                        + file + "') WHERE path_in_schema = 'seq'"))
                .containsExactly("true|0");
    }

    @Test
    void anEmptyTableIsAFile() throws Exception {
        assertThat(query("SELECT count(*) FROM '" + write(0, 4096) + "'")).containsExactly("0");
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws Exception {
        assertThat(Files.readAllBytes(write(5000, 8192))).isEqualTo(Files.readAllBytes(write(5000, 8192)));
    }

    @Test
    void aRequiredColumnCannotBeLeftOut() throws IOException {
        ParquetWriter writer = new ParquetWriter(new ByteArrayOutputStream(), COLUMNS, "test");

        assertThatThrownBy(() -> writer.missing(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("seq");
    }

    private Path write(int rows, int groupBytes) throws IOException {
        Path file = Files.createTempFile(folder, "table", ".parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            ParquetWriter writer = new ParquetWriter(out, COLUMNS, "test 1", groupBytes);
            for (int i = 0; i < rows; i++) {
                row(writer, i);
            }
            writer.finish();
        }
        return file;
    }

    private static void row(ParquetWriter writer, int i) throws IOException {
        writer.number(0, i);
        writer.number(1, 1_700_000_000_000L + i);
        if (i % 2 == 0) {
            writer.number(2, i);
        } else {
            writer.missing(2);
        }
        writer.text(3, "name ä" + i);
        if (i % 3 == 0) {
            writer.text(4, "nick" + i);
        } else {
            writer.missing(4);
        }
        byte[] json = ("{\"k\":" + i + "}").getBytes(StandardCharsets.UTF_8);
        writer.bytes(5, json, 0, json.length);
        if (i == 0) {
            writer.missing(6);
        } else {
            TreeMap<String, String> labels = new TreeMap<>();
            if (i % 2 == 0) {
                labels.put("env", "prod");
                labels.put("n", Integer.toString(i));
            }
            writer.map(6, labels);
        }
        writer.endRow();
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : "|").append(result.getObject(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
