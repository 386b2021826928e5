package io.strongroom.console.explorer;

import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.QueryItem;
import io.strongroom.api.QueryPage;
import io.strongroom.api.RecordFacets;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.console.connection.Connection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the explorer asks of an appliance. Every call blocks. */
interface Archive {
    /**
     * A page of records.
     *
     * @param cursor where it begins; null for the first
     */
    QueryPage page(Question question, int limit, @Nullable String cursor);

    QueryItem one(String recordId);

    /** The most frequent values, at most so many of each field. */
    RecordFacets facets(Question question, int most);

    /** A proof file, which has to be verified. */
    byte[] proof(String recordId);

    /** Whom to trust, as the appliance says itself over the pinned connection. */
    byte[] trustFile();

    ExportStatus export(ExportRequest request);

    /** The appliance that one is signed in to. */
    static Archive of(Connection connection) {
        return new Archive() {
            @Override
            public QueryPage page(Question question, int limit, @Nullable String cursor) {
                RecordQuery query = question.query().limit(limit);
                RecordQuery there = cursor == null ? query : query.cursor(cursor);
                return connection.call(client -> client.records().query(there));
            }

            @Override
            public QueryItem one(String recordId) {
                return connection.call(client -> client.records().one(recordId));
            }

            @Override
            public RecordFacets facets(Question question, int most) {
                RecordQuery query = question.query().limit(most);
                return connection.call(client -> client.records().facets(query));
            }

            @Override
            public byte[] proof(String recordId) {
                return connection
                        .call(client -> client.ledger().proof(recordId))
                        .getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] trustFile() {
                return connection.call(client -> client.ledger().trustFile());
            }

            @Override
            public ExportStatus export(ExportRequest request) {
                return connection.call(client -> client.exports().request(request));
            }
        };
    }
}
