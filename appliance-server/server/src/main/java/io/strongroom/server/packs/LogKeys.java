package io.strongroom.server.packs;

import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.server.keys.SigningKeys.PublishedKey;
import java.util.List;
import java.util.Objects;

/** The log's keys among those that were ever published. */
final class LogKeys {
    private LogKeys() {}

    static List<VerifierKey> of(List<PublishedKey> published) {
        return published.stream()
                .map(PublishedKey::vkey)
                .filter(Objects::nonNull)
                .map(VerifierKey::parse)
                .toList();
    }
}
