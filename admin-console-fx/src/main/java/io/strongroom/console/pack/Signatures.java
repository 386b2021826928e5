package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.note.Cosignature;
import io.strongroom.evidence.note.VerifiedCheckpoint;
import io.strongroom.evidence.trust.Quorum;
import io.strongroom.evidence.trust.TrustFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who signed a checkpoint. */
final class Signatures {
    private Signatures() {}

    static List<Fact> of(VerifiedCheckpoint checkpoint, @Nullable TrustFile trust, Texts texts) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(
                texts.get("pack.checkpoint.size"),
                texts.get("pack.checkpoint.entries", checkpoint.checkpoint().size())));
        facts.add(Fact.exact(
                texts.get("pack.checkpoint.root"),
                checkpoint.checkpoint().root().toString()));
        facts.add(Fact.of(
                texts.get("pack.checkpoint.signed"),
                texts.get(
                        "pack.checkpoint.log",
                        checkpoint.checkpoint().origin(),
                        checkpoint.logKeys().stream()
                                .map(key -> key.type().algorithm().label())
                                .collect(Collectors.joining(", ")))));
        facts.add(Fact.of(texts.get("pack.checkpoint.seen"), witnesses(checkpoint, trust, texts)));
        return facts;
    }

    private static List<String> witnesses(VerifiedCheckpoint checkpoint, @Nullable TrustFile trust, Texts texts) {
        List<String> seen = new ArrayList<>();
        for (Cosignature cosignature : checkpoint.cosignatures()) {
            Quorum.Witness witness = trust == null
                    ? null
                    : trust.quorum().witnesses().stream()
                            .filter(known -> known.key().equals(cosignature.key()))
                            .findFirst()
                            .orElse(null);
            String key = witness != null && witness.fleet() ? "pack.checkpoint.fleet" : "pack.checkpoint.outside";
            seen.add(texts.get(key, cosignature.key().name(), cosignature.time().toString()));
        }
        List<String> further = checkpoint.furtherSigners();
        if (!further.isEmpty()) {
            seen.add(texts.get("pack.checkpoint.unknown", String.join(", ", further)));
        }
        return seen.isEmpty() ? List.of(texts.get("pack.checkpoint.nobody")) : seen;
    }
}
