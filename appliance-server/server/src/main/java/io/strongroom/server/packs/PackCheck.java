package io.strongroom.server.packs;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.pack.verify.Failure;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.server.access.Caller;
import io.strongroom.server.keys.SigningKeys;
import io.strongroom.server.ledger.IntegrityCounts;
import io.strongroom.server.spool.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Verifies a made pack here, as an auditor will elsewhere, under the keys of this installation. The verifier wants a
 * file that it can seek in, so the pack lies in clear in the spool's folder meanwhile, which only the appliance can
 * read, and is gone with the answer.
 */
final class PackCheck {
    private final Exports exports;
    private final Spool spool;
    private final SigningKeys keys;
    private final IntegrityCounts counts;
    /** One at a time: each reads the whole pack. */
    private final Semaphore turn = new Semaphore(1);

    PackCheck(Exports exports, Spool spool, SigningKeys keys, IntegrityCounts counts) {
        this.exports = exports;
        this.spool = spool;
        this.keys = keys;
        this.counts = counts;
    }

    /** Climbs the ladder of a ready pack. */
    Ladder verify(Caller caller, String id) {
        ReadyPack content = exports.content(caller, id);
        turn.acquireUninterruptibly();
        try (InputStream pack = content.verify();
                Spool.Clear clear = spool.clear(pack, content.size())) {
            Ladder ladder = new PackVerifier(trust(), Set.of()).verify(clear.file());
            counts.count(ladder.held());
            return ladder;
        } catch (IOException e) {
            throw new UncheckedIOException("the pack " + id + " could not be read to be verified", e);
        } finally {
            turn.release();
        }
    }

    private TrustFile trust() {
        List<SigningKeys.PublishedKey> published = keys.published();
        return TrustFile.of(
                LogKeys.of(published),
                published.stream()
                        .filter(key -> key.signs() == SigningKeys.Signs.PACK)
                        .map(SigningKeys.PublishedKey::key)
                        .toList(),
                published.stream()
                        .mapToLong(SigningKeys.PublishedKey::from)
                        .min()
                        .orElse(0));
    }

    /** The answer on the wire. */
    static Json.Obj toJson(String id, Ladder ladder) {
        List<Json> rungs = ladder.verdicts().stream()
                .<Json>map(verdict -> Json.object()
                        .put("rung", verdict.rung().name())
                        .put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT))
                        .put("reason", verdict.reason())
                        .build())
                .toList();
        List<Json> findings = ladder.findings().stream()
                .<Json>map(finding -> Json.object()
                        .put("kind", finding.kind().name())
                        .put("held", finding.held())
                        .put("demanded", finding.demanded())
                        .put("text", finding.text())
                        .build())
                .toList();
        return Json.object()
                .put("exportId", id)
                .put("verified", ladder.held())
                .put("rungs", new Json.Arr(rungs))
                .put("findings", new Json.Arr(findings))
                .put("failure", ladder.failure().map(PackCheck::failure).orElse(null))
                .build();
    }

    private static Json failure(Failure failure) {
        return Json.object()
                .put("file", failure.file())
                .put("place", failure.place())
                .put("expected", failure.expected())
                .put("found", failure.found())
                .put("fork", failure.fork())
                .build();
    }
}
