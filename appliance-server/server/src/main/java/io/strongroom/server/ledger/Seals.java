package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the seal of a day from what its chain has gathered (formats §5, Seal). */
final class Seals {
    static final String STREAM = "system.seal";

    private final TenantId tenant;
    private final SystemRecords records;
    private final SigningKeys keys;

    Seals(TenantId tenant, SystemRecords records, SigningKeys keys) {
        this.tenant = tenant;
        this.records = records;
        this.keys = keys;
    }

    /** A seal's draft, and what is stored of the chain besides. */
    record Sealed(Draft draft, SealedChain chain) {}

    /**
     * Seals {@code chain}, which holds all entries up to {@code head}.
     *
     * @param at the time of the seal's own entry, epoch milliseconds
     */
    Sealed seal(DayChain chain, Head head, long at) {
        if (chain.size() != head.size() || chain.size() == 0) {
            throw new IllegalStateException(
                    "the day's chain ends at " + chain.size() + " and the ledger at " + head.size());
        }
        String name = chain.name(tenant);
        byte[] sources = sources(name, chain);
        Digest sourcesDigest = Digest.of(sources);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("chain", name);
        attributes.put("firstSeq", chain.firstSeq());
        attributes.put("lastSeq", head.size() - 1);
        attributes.put("count", head.size() - chain.firstSeq());
        attributes.put("firstAt", Rfc3339.format(chain.firstAt()));
        attributes.put("lastAt", Rfc3339.format(chain.lastAt()));
        attributes.put("root", head.root().toString());
        attributes.put("sources", sourcesDigest.toString());
        attributes.put("keys", keyIds());
        chain.previousSeal().ifPresent(seal -> attributes.put("previousSeal", seal.toString()));
        Draft draft = records.draft(
                STREAM,
                new SystemRecords.Event(
                        at, "Chain.Sealed", "success", "System", "strongroom", "Chain", name, attributes));
        return new Sealed(
                draft,
                new SealedChain(
                        name, chain.firstSeq(), head.size() - 1, head.size(), draft.digest(), sourcesDigest, sources));
    }

    /** The key ids of the log's keys in force, 8 hex digits each, as signature lines begin with. */
    private List<String> keyIds() {
        return keys.sealSigners().stream()
                .map(signer -> String.format("%08x", signer.verifierKey().keyId()))
                .toList();
    }

    private static byte[] sources(String name, DayChain chain) {
        CanonicalWriter json = new CanonicalWriter();
        json.beginObject().name("chain").string(name).name("sources").beginArray();
        chain.sources().forEach((source, sequences) -> {
            json.beginObject().name("count").integer(sequences.count());
            if (sequences.numbered()) {
                json.name("gaps").beginArray();
                sequences
                        .gaps()
                        .forEach((from, to) ->
                                json.beginArray().integer(from).integer(to).endArray());
                json.endArray().name("gapsComplete").bool(sequences.gapsComplete());
                json.name("highest").integer(sequences.highest());
            }
            json.name("id").string(source);
            if (sequences.numbered()) {
                json.name("lowest").integer(sequences.lowest());
            }
            json.endObject();
        });
        json.endArray()
                .name("unlisted")
                .integer(chain.unlisted())
                .name("v")
                .integer(1)
                .endObject();
        return json.toBytes();
    }
}
