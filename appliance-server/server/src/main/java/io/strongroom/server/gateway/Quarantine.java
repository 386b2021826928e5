package io.strongroom.server.gateway;

import io.micronaut.context.annotation.Context;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.keys.WrappedRows;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import io.strongroom.server.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Keeps documents that were not appended until an officer has looked at them. They are another tenant's, so each is
 * encrypted under a key of its own; what is told of them in a list is this appliance's.
 */
@Context
public final class Quarantine {
    /** What of theirs is wrapped. */
    public static final WrappedRows WRAPPED = new WrappedRows(
            "quarantine",
            "id",
            "generation",
            "wrapped",
            List.of(),
            row -> SealedDocument.associated(row.getString("id")));

    /** The member of a problem that says where the document is kept. */
    static final String EVIDENCE_REF = "evidenceRef";

    private static final int RANDOM_BYTES = 10;
    private static final int MAX_BYTES = (1 << 20) - SealedDocument.TAG_BYTES;

    private final Database database;
    private final WrappingKeys wrapping;
    private final InstantSource clock;
    private final SecureRandom random;
    private final String tenant;

    public Quarantine(
            Database database,
            WrappingKeys wrapping,
            InstantSource clock,
            SecureRandom random,
            Installation installation) {
        this.database = database;
        this.wrapping = wrapping;
        this.clock = clock;
        this.random = random;
        this.tenant = installation.tenant().value();
    }

    /** What an earlier version kept in clear is encrypted before the first request. */
    @PostConstruct
    void start() {
        new PlainQuarantine(database, wrapping, random).seal();
    }

    /**
     * Keeps a document as it came. Returns once it is durable.
     *
     * @param document less than 1 MiB
     * @return the {@code evidenceRef} to answer with
     */
    public String keep(Caller caller, ProblemType reason, String requestId, byte[] document) {
        if (document.length > MAX_BYTES) {
            throw new ProblemException(ProblemType.RECORD_TOO_LARGE, "A document in quarantine has less than 1 MiB.");
        }
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        long now = clock.millis();
        String id = RecordId.of(now, bytes).toString();
        SealedDocument sealed = SealedDocument.of(id, document, wrapping, random);
        database.durable(connection -> insert(connection, id, now, caller, reason, requestId, sealed));
        return "quarantine/" + id;
    }

    /**
     * A document under a name that is the same however often it comes.
     *
     * @param reason why it was not appended
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Line(RecordId id, ProblemType reason, byte[] bytes) {}

    /** Keeps documents that are not kept yet, all or none. Of one that is too long its beginning is kept. */
    public void keep(Caller caller, String requestId, List<Line> lines) {
        database.durable(connection -> {
            int kept = 0;
            for (Line line : lines) {
                if (!isKept(connection, line.id())) {
                    kept += insert(connection, caller, requestId, line);
                }
            }
            return kept;
        });
    }

    private static boolean isKept(Connection connection, RecordId id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM quarantine WHERE id = ?")) {
            query.setString(1, id.toString());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private int insert(Connection connection, Caller caller, String requestId, Line line) throws SQLException {
        String id = line.id().toString();
        byte[] document = Arrays.copyOf(line.bytes(), Math.min(line.bytes().length, MAX_BYTES));
        SealedDocument sealed = SealedDocument.of(id, document, wrapping, random);
        return insert(connection, id, line.id().epochMillis(), caller, line.reason(), requestId, sealed);
    }

    private int insert(
            Connection connection,
            String id,
            long receivedAt,
            Caller caller,
            ProblemType reason,
            String requestId,
            SealedDocument sealed)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO quarantine (tenant_id, id, received_at, caller, reason,"
                        + " request_id, document, generation, wrapped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, tenant);
            insert.setString(2, id);
            insert.setLong(3, receivedAt);
            insert.setString(4, caller.id());
            insert.setString(5, reason.code());
            insert.setString(6, requestId);
            insert.setBytes(7, sealed.sealed());
            insert.setInt(8, sealed.key().generation());
            insert.setBytes(9, sealed.key().key());
            return insert.executeUpdate();
        }
    }

    /**
     * What is kept.
     *
     * @param receivedAt epoch milliseconds
     * @param caller the token's public id
     * @param reason the problem's code
     * @param requestId of the request that brought it
     * @param bytes of the document as it came
     */
    record Kept(String id, long receivedAt, String caller, String reason, String requestId, long bytes) {}

    /** The newest of what is kept, at most 100. */
    List<Kept> newest() {
        return database.read(connection -> {
            List<Kept> kept = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(
                            "SELECT id, received_at, caller, reason, request_id, octet_length(document) FROM quarantine"
                                    + " ORDER BY id DESC FETCH FIRST 100 ROWS ONLY");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    kept.add(new Kept(
                            rows.getString(1),
                            rows.getLong(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getLong(6) - SealedDocument.TAG_BYTES));
                }
            }
            return List.copyOf(kept);
        });
    }

    /**
     * A document as it came.
     *
     * @throws KeyUnavailableException if it does not open
     */
    Optional<byte[]> document(String id) {
        return sealed(id).map(document -> document.open(id, wrapping));
    }

    private Optional<SealedDocument> sealed(String id) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT document, generation, wrapped FROM quarantine WHERE id = ?")) {
                query.setString(1, id);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    byte[] key = row.getBytes("wrapped");
                    if (key == null) {
                        throw new KeyUnavailableException("the document " + id + " in quarantine has no key");
                    }
                    return Optional.of(
                            new SealedDocument(new Wrapped(row.getInt("generation"), key), row.getBytes("document")));
                }
            }
        });
    }

    /**
     * Deletes what came before a time, and with it the keys.
     *
     * @param tell is told how many, if there are any, as the last of it: where it throws, nothing is deleted
     */
    void forget(long before, IntConsumer tell) {
        database.owner(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM quarantine WHERE received_at < ?")) {
                delete.setLong(1, before);
                int deleted = delete.executeUpdate();
                if (deleted > 0) {
                    tell.accept(deleted);
                }
                return deleted;
            }
        });
    }

    /** The answer for a document that was kept. */
    public static ProblemException answer(String evidenceRef) {
        Problem problem = Problem.of(
                        ProblemType.TENANT_MISMATCH, "The document was not appended; it is kept in quarantine.")
                .with(EVIDENCE_REF, evidenceRef);
        return new ProblemException(ProblemType.TENANT_MISMATCH, problem);
    }
}
