package io.strongroom.policies.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.Operations;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.SearchDecision.Sight;
import io.strongroom.policies.TenantHash;
import io.strongroom.policies.TestBundle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody may look records up by. */
class FieldSearchTest {
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");

    private final CompiledPolicy policy = new TestBundle()
            .file("classification.yaml", """
                    default: INTERNAL
                    rules:
                      - {streams: [audit.*], fields: [/actor/id], class: RESTRICTED}
                      - {fields: [/attributes/user, /attributes/badge, /attributes/key], class: CONFIDENTIAL, kind: name}
                    detectors:
                      - {find: email, class: RESTRICTED, kind: contact}
                    """)
            .file("handling.yaml", """
                    rules:
                      - {fields: [/attributes/session], do: hash, erasable: false, reason: joins events}
                    findable:
                      - {fields: [/actor/id, /attributes/user, /attributes/key]}
                    """)
            .file("masking.yaml", """
                    profiles:
                      - name: reader
                        roles: [Audit.Reader, Export.Operator]
                        rules:
                          - {fields: [/attributes/key], mask: omit}
                          - {kinds: [name], mask: last4}
                          - {fields: [/labels/team], mask: hash}
                    """)
            .file("access.yaml", """
                    rules:
                      - {roles: [Audit.Reader], operations: [records.read], exceptStreams: [system.*, hr.*]}
                      - {roles: [Audit.Reader], operations: [records.read], streams: [hr.*], when: record.actor.id == caller.id}
                    """)
            .file("export.yaml", """
                    rules:
                      - {roles: [Export.Operator], purpose: optional, fields: [/attributes]}
                    """)
            .compile();

    private static Caller in(String role) {
        return new Caller("alice", Set.of(role), Map.of());
    }

    private static JsonSlice text(String value) {
        byte[] json = ('"' + value + '"').getBytes(StandardCharsets.UTF_8);
        return new JsonSlice(json, 0, json.length);
    }

    private SearchDecision search(String stream, String field, String value) {
        return policy.search(
                new AccessRequest(in("Audit.Reader"), Operations.READ_RECORDS, "", TIME),
                Optional.of(stream).filter(name -> !name.isEmpty()),
                JsonPointer.parse(field),
                text(value));
    }

    @Test
    void aFieldThatIsOmittedIsNotSearchableAndTheReasonNamesTheRule() {
        SearchDecision actor = search("audit.app", "/actor/id", "mary");
        assertThat(actor.isSearchable()).isFalse();
        assertThat(actor.reason()).contains("profile reader", "RESTRICTED").doesNotContain("mary");
        assertThat(search("audit.app", "/attributes/key", "k").isSearchable())
                .as("findable, and omitted")
                .isFalse();
    }

    @Test
    void aMaskedFieldIsSearchableIfItIsFindable() {
        assertThat(search("audit.app", "/attributes/user", "mary").isFoundByHash())
                .isTrue();
        SearchDecision badge = search("audit.app", "/attributes/badge", "b17");
        assertThat(badge.isSearchable()).isFalse();
        assertThat(badge.reason()).contains("masked by", "findable");
        assertThat(search("audit.app", "/labels/team", "x").isSearchable()).isFalse();
        assertThat(search("audit.app", "/labels/env", "x").isSearchable()).isTrue();
    }

    @Test
    void withoutAStreamItIsSearchableIfItIsSoAnywhereAndEachPlaceIsTold() {
        SearchDecision actor = search("", "/actor/id", "mary");
        assertThat(actor.isSearchable()).isTrue();
        assertThat(actor.isShownEverywhere()).isFalse();
        assertThat(actor.where())
                .extracting(SearchDecision.Where::streams, SearchDecision.Where::sight)
                .containsExactly(
                        tuple("audit.*", Sight.HIDDEN),
                        tuple("hr.*", Sight.SOME),
                        tuple("system.*", Sight.DENIED),
                        tuple("(any other)", Sight.EVERY));
        assertThat(search("system.access", "/action", "x").reason()).contains("access.yaml");
    }

    @Test
    void whatADetectorFindsInTheValueThatIsAskedForCounts() {
        assertThat(search("audit.app", "/resource/id", "apt_1").isSearchable()).isTrue();
        assertThat(search("audit.app", "/resource/id", "mary@example.com").isSearchable())
                .isFalse();
    }

    @Test
    void whatAlwaysStandsInClearIsSearchable() {
        assertThat(search("audit.app", "/stream", "audit.app").isShownEverywhere())
                .isTrue();
    }

    @Test
    void ofAHashedFieldTheHashIsAskedFor() {
        assertThat(search("audit.app", "/attributes/session", "s1").reason()).contains("hash");
        String hash = TenantHash.of(new byte[32], text("s1"));
        assertThat(search("audit.app", "/attributes/session", hash).reason()).isEmpty();
    }

    @Test
    void whatAnExportRuleDoesNotGiveOutSelectsNothing() {
        ExportRequest request = new ExportRequest(in("Export.Operator"), "ndjson", "", TIME);
        assertThat(policy.search(request, Optional.of("s"), JsonPointer.parse("/action"), text("a"))
                        .reason())
                .contains("export.yaml");
        assertThat(policy.search(request, Optional.of("s"), JsonPointer.parse("/attributes/x"), text("a"))
                        .isShown())
                .isTrue();
    }
}
