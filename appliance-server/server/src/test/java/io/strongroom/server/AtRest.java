package io.strongroom.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.LedgerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that an appliance has stored, as text, for tests that look for what must not be there. */
final class AtRest {
    private AtRest() {}

    /** All stored records. In their table they are packed, where a search would miss what is there. */
    static String bodies(ApplianceFixture appliance) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        StringBuilder bodies = new StringBuilder();
        ledger.read(0, ledger.size(), true, row -> {
            bodies.append(new String(requireNonNull(row.body()), UTF_8)).append('\n');
            return true;
        });
        return bodies.toString();
    }

    /** All values of all tables, by the table's name. */
    static Map<String, String> tables(ApplianceFixture appliance) {
        Database database = appliance.appliance().context().getBean(Database.class);
        List<String> names = database.owner(connection -> {
            List<String> found = new ArrayList<>();
            try (ResultSet rows = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {
                        "TABLE", "BASE TABLE", "PARTITIONED TABLE"
                    })) {
                while (rows.next()) {
                    found.add(rows.getString("TABLE_NAME"));
                }
            }
            return found;
        });
        Map<String, String> tables = new LinkedHashMap<>();
        names.forEach(name -> tables.put(name, rows(database, "SELECT * FROM " + name)));
        return tables;
    }

    /** All that a query finds, a value a line. */
    static String rows(Database database, String sql) {
        return database.owner(connection -> {
            StringBuilder text = new StringBuilder();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        Object value = rows.getObject(i);
                        text.append(value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : value)
                                .append('\n');
                    }
                }
            }
            return text.toString();
        });
    }

    /** All files under a folder, one character for each byte. One that goes while this looks is left out. */
    static Map<Path, String> files(Path folder) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    texts.put(file, Files.readString(file, ISO_8859_1));
                } catch (NoSuchFileException e) {
                    continue;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return texts;
    }
}
