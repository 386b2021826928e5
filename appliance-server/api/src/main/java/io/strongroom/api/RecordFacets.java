package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many records have which values: {@code GET /api/v1/query/facets}.
 *
 * @param counted what was counted: {@code all} that fit, those of whole {@code hours}, or the {@code newest}
 * @param sampled how many records were counted one by one; null where hours were added up
 * @param reason why not all were counted, in a sentence; empty where all were
 * @param from the earliest {@code occurredAt} that was counted, RFC 3339; null where there is no such bound
 * @param to one past the latest, likewise
 * @param unsearched filters by which records of some streams are not found
 * @param watermark how far the read model has followed the ledger
 */
public record RecordFacets(
        List<Facet> facets,
        String counted,
        @Nullable Long sampled,
        String reason,
        @Nullable String from,
        @Nullable String to,
        List<QueryPage.Unsearched> unsearched,
        long watermark,
        long lagMillis) {
    public RecordFacets {
        facets = List.copyOf(facets);
        unsearched = List.copyOf(unsearched);
    }

    /**
     * The values of one field, the most frequent first.
     *
     * @param field as it is called where records are filtered by it
     * @param others how many records have a value that is not listed
     */
    public record Facet(String field, List<Value> values, long others) {
        public Facet {
            values = List.copyOf(values);
        }

        static Facet fromJson(Json.Obj json) {
            return new Facet(json.text("field"), json.objects("values", Value::fromJson), json.integer("others"));
        }
    }

    /** A value, and how many records have it. */
    public record Value(String value, long records) {
        static Value fromJson(Json.Obj json) {
            return new Value(json.text("value"), json.integer("records"));
        }
    }

    public static RecordFacets fromJson(Json.Obj json) {
        String reason = json.optionalText("reason");
        return new RecordFacets(
                json.objects("facets", Facet::fromJson),
                json.text("counted"),
                json.optionalInteger("sampled").isPresent() ? (Long) json.integer("sampled") : null,
                reason == null ? "" : reason,
                json.optionalText("from"),
                json.optionalText("to"),
                json.objects("unsearched", QueryPage.Unsearched::fromJson),
                json.integer("watermark"),
                json.optionalInteger("lagMillis").orElse(0));
    }
}
