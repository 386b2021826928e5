package io.strongroom.console.chain;

import io.strongroom.api.QueryItem;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a day's seal says of it (formats §5, Seal).
 *
 * @param seq the seal's own place, behind the day
 * @param recordId the seal's record
 * @param root of the tree up to the day's last entry
 * @param keys ids of the keys that the log signs with, 8 hex digits each
 */
record Seal(
        long seq,
        String recordId,
        LocalDate day,
        long firstSeq,
        long lastSeq,
        long count,
        String firstAt,
        String lastAt,
        Digest root,
        List<String> keys) {
    Seal {
        keys = List.copyOf(keys);
    }

    /** Reads a seal's record; empty where it is not shown, or is none. */
    static Optional<Seal> of(QueryItem item) {
        Json.Obj told = item.record().object("attributes");
        String chain = told.optionalText("chain");
        if (item.withheld().isPresent() || chain == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Seal(
                    item.seq(),
                    item.recordId(),
                    LocalDate.parse(chain.substring(chain.lastIndexOf(':') + 1)),
                    told.integer("firstSeq"),
                    told.integer("lastSeq"),
                    told.integer("count"),
                    told.text("firstAt"),
                    told.text("lastAt"),
                    Digest.parse(told.text("root")),
                    told.texts("keys")));
        } catch (IllegalArgumentException | java.time.DateTimeException notOurs) {
            return Optional.empty();
        }
    }
}
