package io.strongroom.server.policy;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.json.CanonicalJson;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a proposal.
 *
 * @param author as approvals name a person
 * @param commit of which they say it
 * @param place null where it is about the whole
 * @param at when it came, epoch milliseconds
 * @param rejection digest of the rejection that it gives the reason of; null where it asks for no change
 */
record Comment(
        String proposal,
        String author,
        GitCommit commit,
        @Nullable Place place,
        String text,
        long at,
        @Nullable Digest rejection) {

    /**
     * Where in the commit.
     *
     * @param line from 1; null for the whole file
     */
    record Place(String file, @Nullable Integer line) {}

    /**
     * Names it: the SHA-256 of the canonical JSON of all but the time. So who says the same of the same place again has
     * said it once.
     */
    Digest digest() {
        Json.Builder said = Json.object()
                .put("author", author)
                .put("commit", commit.hex())
                .put("proposal", proposal)
                .put("text", text);
        if (place != null) {
            said.put("file", place.file()).put("line", place.line() == null ? null : Long.valueOf(place.line()));
        }
        if (rejection != null) {
            said.put("rejection", rejection.toString());
        }
        return Digest.of(CanonicalJson.of(said.build().bytes()));
    }

    /** As records tell of it: without its text, which may name people. */
    Map<String, Object> described() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("proposal", proposal);
        attributes.put("commit", commit.hex());
        attributes.put("comment", digest().toString());
        if (place != null) {
            attributes.put("file", place.file());
            if (place.line() != null) {
                attributes.put("line", place.line());
            }
        }
        return attributes;
    }
}
