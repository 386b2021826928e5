package io.strongroom.server.gateway;

import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.access.Caller;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps documents that were not appended until an officer has looked at them. */
@Singleton
public final class Quarantine {
    /** The member of a problem that says where the document is kept. */
    static final String EVIDENCE_REF = "evidenceRef";

    private static final int RANDOM_BYTES = 10;
    private static final int MAX_BYTES = 1 << 20;

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random;
    private final String tenant;

    public Quarantine(Database database, InstantSource clock, SecureRandom random, Installation installation) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.tenant = installation.tenant().value();
    }

    /**
     * Keeps a document as it came. Returns once it is durable.
     *
     * @param document at most 1 MiB
     * @return the {@code evidenceRef} to answer with
     */
    public String keep(Caller caller, ProblemType reason, String requestId, byte[] document) {
        if (document.length > MAX_BYTES) {
            throw new ProblemException(ProblemType.RECORD_TOO_LARGE, "A document in quarantine has at most 1 MiB.");
        }
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        long now = clock.millis();
        String id = RecordId.of(now, bytes).toString();
        database.durable(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO quarantine (tenant_id, id, received_at, caller, reason, request_id, document)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, tenant);
                insert.setString(2, id);
                insert.setLong(3, now);
                insert.setString(4, caller.id());
                insert.setString(5, reason.code());
                insert.setString(6, requestId);
                insert.setBytes(7, document);
                return insert.executeUpdate();
            }
        });
        return "quarantine/" + id;
    }

    /**
     * What is kept.
     *
     * @param receivedAt epoch milliseconds
     * @param caller the token's public id
     * @param reason the problem's code
     * @param requestId of the request that brought it
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
                            rows.getLong(6)));
                }
            }
            return List.copyOf(kept);
        });
    }

    /** A document as it came. */
    Optional<byte[]> document(String id) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT document FROM quarantine WHERE id = ?")) {
                query.setString(1, id);
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
                }
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
