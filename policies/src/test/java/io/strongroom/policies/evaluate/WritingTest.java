package io.strongroom.policies.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.PolicyDecision.Hashed;
import io.strongroom.policies.TenantHash;
import io.strongroom.policies.TestBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done with the fields of a record when it is written. */
class WritingTest {
    private final TestBundle bundle = new TestBundle();

    private PolicyDecision decide(String stream, String record) {
        return bundle.compile().decide(stream, json(record));
    }

    private static byte[] json(String text) {
        return CanonicalJson.of(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> committed(PolicyDecision decision) {
        return decision.commitments().stream().map(Commitment::pointer).toList();
    }

    @Test
    void what_is_confidential_or_higher_is_committed_with_its_class() {
        bundle.file("classification.yaml", """
                default: INTERNAL
                rules:
                  - fields: [/actor/id, /attributes/user]
                    class: CONFIDENTIAL
                  - fields: [/attributes/user/ssn]
                    class: RESTRICTED
                  - fields: [/attributes/region]
                    class: PUBLIC
                """);

        PolicyDecision decision = decide(
                "audit.x",
                "{'action':'a','actor':{'id':'u','type':'User'},'attributes':{'region':'x','user':{'n':1,'ssn':2}}}");

        assertThat(decision.commitments())
                .containsExactly(
                        new Commitment("/actor/id", Classification.CONFIDENTIAL),
                        new Commitment("/attributes/user/n", Classification.CONFIDENTIAL),
                        new Commitment("/attributes/user/ssn", Classification.RESTRICTED));
        assertThat(decision.classification()).isEqualTo(Classification.RESTRICTED);
    }

    @Test
    void the_highest_class_of_all_rules_that_match_wins_whatever_their_order() {
        bundle.file("classification.yaml", """
                default: PUBLIC
                rules:
                  - fields: [/attributes/a]
                    class: RESTRICTED
                  - fields: [/attributes]
                    except: [/attributes/b]
                    class: CONFIDENTIAL
                """);

        PolicyDecision decision = decide("s", "{'attributes':{'a':1,'b':2,'c':3}}");

        assertThat(decision.commitments())
                .containsExactly(
                        new Commitment("/attributes/a", Classification.RESTRICTED),
                        new Commitment("/attributes/c", Classification.CONFIDENTIAL));
    }

    @Test
    void a_rule_is_about_its_streams_alone() {
        bundle.file(
                "classification.yaml",
                "default: INTERNAL\nrules:\n  - streams: [audit.*, hr]\n    fields: [/actor/id]\n    class: RESTRICTED\n");

        assertThat(committed(decide("audit.security", "{'actor':{'id':'u'}}"))).containsExactly("/actor/id");
        assertThat(committed(decide("hr", "{'actor':{'id':'u'}}"))).containsExactly("/actor/id");
        assertThat(committed(decide("hr.more", "{'actor':{'id':'u'}}"))).isEmpty();
    }

    @Test
    void what_any_profile_masks_is_committed_though_it_is_internal() {
        bundle.file(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - fields: [/labels/team]\n    class: INTERNAL\n    kind: business\n")
                .file("masking.yaml", """
                        profiles:
                          - name: reader
                            roles: [Audit.Reader]
                            streams: [audit.*]
                            rules:
                              - fields: [/attributes/shown]
                                mask: none
                              - fields: [/attributes/*]
                                mask: last4
                              - kinds: [business]
                                mask: omit
                        """);

        assertThat(committed(
                        decide("audit.x", "{'attributes':{'other':'x','shown':'y'},'labels':{'team':'t','x':'y'}}")))
                .containsExactly("/attributes/other", "/labels/team");
        assertThat(committed(decide("other", "{'attributes':{'other':'x'}}"))).isEmpty();
    }

    @Test
    void an_array_is_one_field_and_takes_the_highest_class_of_what_is_in_it() {
        bundle.file("classification.yaml", """
                default: INTERNAL
                rules:
                  - fields: [/attributes/resources/ARN, /attributes/list/*/secret]
                    class: CONFIDENTIAL
                detectors:
                  - find: email
                    class: RESTRICTED
                """);

        PolicyDecision decision = decide(
                "s",
                "{'attributes':{'resources':[{'ARN':'x'},{'type':'y'}],'list':[{'secret':1}],'to':['a',['b@c.example']],'n':[1,2]}}");

        assertThat(decision.commitments())
                .containsExactly(
                        new Commitment("/attributes/list", Classification.CONFIDENTIAL),
                        new Commitment("/attributes/resources", Classification.CONFIDENTIAL),
                        new Commitment("/attributes/to", Classification.RESTRICTED));
    }

    @Test
    void detectors_raise_the_class_of_texts_and_numbers() {
        bundle.file("classification.yaml", """
                default: PUBLIC
                rules:
                  - fields: [/attributes/known]
                    class: INTERNAL
                    search: false
                detectors:
                  - find: email
                    class: CONFIDENTIAL
                    kind: contact
                  - find: card-number
                    class: RESTRICTED
                  - find: pattern
                    pattern: 'EMP-[0-9]{4}'
                    except: [/attributes/note]
                    class: CONFIDENTIAL
                """);

        PolicyDecision decision = decide(
                "s",
                "{'attributes':{'card':4111111111111111,'known':'a@b.example','mail':'mail a@b.example, 4111 1111 1111 1111',"
                        + "'note':'EMP-1234','staff':'EMP-1234'}}");

        assertThat(decision.commitments())
                .containsExactly(
                        new Commitment("/attributes/card", Classification.RESTRICTED),
                        new Commitment("/attributes/mail", Classification.RESTRICTED),
                        new Commitment("/attributes/staff", Classification.CONFIDENTIAL));
    }

    @Test
    void where_a_name_is_personal_the_object_around_it_is_one_field() {
        bundle.file("classification.yaml", "default: INTERNAL\ndetectors:\n  - find: email\n    class: CONFIDENTIAL\n");

        assertThat(committed(decide("s", "{'attributes':{'grants':{'a':{'x':1},'b@c.example':{'role':'r'}},'n':1}}")))
                .containsExactly("/attributes/grants");
    }

    @Test
    void an_object_can_be_taken_whole() {
        bundle.file(
                "classification.yaml",
                "default: INTERNAL\nrules:\n  - fields: [/attributes/user]\n    class: CONFIDENTIAL\n    whole: true\n"
                        + "  - fields: [/attributes/user/id]\n    class: RESTRICTED\n");

        assertThat(decide("s", "{'attributes':{'user':{'id':1,'n':{'m':2}}}}").commitments())
                .containsExactly(new Commitment("/attributes/user", Classification.RESTRICTED));
    }

    @Test
    void the_record_is_of_the_highest_class_of_its_fields_wherever_that_stands() {
        bundle.file(
                "classification.yaml",
                "default: INTERNAL\nrules:\n  - fields: [/attributes/a]\n    class: RESTRICTED\n"
                        + "  - fields: [/attributes/b]\n    class: CONFIDENTIAL\n");

        assertThat(decide("s", "{'attributes':{'a':1,'b':2,'c':3}}").classification())
                .isEqualTo(Classification.RESTRICTED);
    }

    @Test
    void a_bundle_that_only_masks_has_what_it_masks_committed() {
        bundle.file(
                "masking.yaml",
                "profiles:\n  - name: p\n    roles: [R]\n    rules:\n      - {fields: [/attributes/a], mask: omit}\n");

        assertThat(committed(decide("s", "{'attributes':{'a':1,'b':2}}"))).containsExactly("/attributes/a");
    }

    @Test
    void a_bundle_that_only_names_subjects_names_them() {
        bundle.file("handling.yaml", "subject:\n  - fields: [/actor/id]\n");

        assertThat(decide("s", "{'actor':{'id':'u'}}").subject()).contains("/actor/id");
    }

    @Test
    void an_object_of_which_all_is_dropped_is_dropped_with_its_names_however_deep() {
        bundle.file("handling.yaml", "rules:\n  - fields: [/attributes/old]\n    do: drop\n");

        assertThat(decide("s", "{'attributes':{'new':1,'old':{'a':1,'b':{'c':2,'d':3},'e':{}}}}")
                        .dropped())
                .containsExactly("/attributes/old");
        assertThat(decide("s", "{'attributes':{'old':{'a':1}}}").dropped()).containsExactly("/attributes");
    }

    /** What it said of the fields in it, before a personal name came, is not said any more. */
    @Test
    void of_an_object_with_a_personal_name_nothing_is_told_but_the_object() {
        bundle.file(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - fields: [/attributes/grants/a]\n    class: RESTRICTED\n"
                                + "detectors:\n  - find: email\n    class: CONFIDENTIAL\n")
                .file("handling.yaml", """
                        rules:
                          - fields: [/attributes/grants/b@c.example]
                            do: drop
                        findable:
                          - fields: [/attributes/grants/a]
                        """);

        PolicyDecision decision = decide("s", "{'attributes':{'grants':{'a':'x','b@c.example':1},'n':1}}");

        assertThat(decision.dropped()).containsExactly("/attributes/grants");
        assertThat(decision.commitments()).isEmpty();
        assertThat(decision.findable()).isEmpty();
        assertThat(decision.classification()).isEqualTo(Classification.INTERNAL);
    }

    @Test
    void handling_drops_commits_and_hashes_and_the_first_rule_that_matches_decides() {
        bundle.file(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - fields: [/attributes/sid, /attributes/pin]\n    class: RESTRICTED\n")
                .file("handling.yaml", """
                        rules:
                          - fields: [/attributes/password, /attributes/pin, /attributes/old]
                            do: drop
                          - fields: [/attributes/sid]
                            do: hash
                            erasable: false
                            reason: joins sessions of machines, which are nobody
                          - fields: [/attributes/session, /attributes/sid]
                            do: commit
                        findable:
                          - fields: [/attributes/session]
                        """);

        PolicyDecision decision = decide(
                "s", "{'attributes':{'old':{'a':1,'b':{'c':2}},'password':'x','pin':1,'session':'s','sid':'S-1'}}");

        assertThat(decision.dropped()).containsExactly("/attributes/old", "/attributes/password", "/attributes/pin");
        assertThat(decision.hashed())
                .containsExactly(new Hashed("/attributes/sid", "joins sessions of machines, which are nobody"));
        assertThat(committed(decision)).containsExactly("/attributes/session");
        assertThat(decision.findable()).containsExactly("/attributes/session");
    }

    @Test
    void a_dropped_field_does_not_raise_the_record() {
        bundle.file(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - fields: [/attributes/pin]\n    class: RESTRICTED\n")
                .file("handling.yaml", "rules:\n  - fields: [/attributes/pin]\n    do: drop\n");

        assertThat(decide("s", "{'attributes':{'pin':1,'x':2}}").classification())
                .isEqualTo(Classification.INTERNAL);
    }

    @Test
    void the_subject_is_the_first_pointer_that_the_record_has() {
        bundle.file(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - fields: [/actor/id]\n    class: CONFIDENTIAL\n")
                .file("handling.yaml", "subject:\n  - fields: [/attributes/user/name, /actor/id]\n");

        assertThat(decide("s", "{'actor':{'id':'u'},'attributes':{'user':{'name':'n'}}}")
                        .subject())
                .contains("/attributes/user/name");
        assertThat(decide("s", "{'actor':{'id':'u'},'attributes':{'user':{}}}").subject())
                .contains("/actor/id");
    }

    @Test
    void that_no_subject_was_found_is_said() {
        bundle.file("classification.yaml", "default: CONFIDENTIAL\n")
                .file("handling.yaml", "subject:\n  - fields: [/actor/id]\n");

        PolicyDecision decision = decide("s", "{'action':'a'}");

        assertThat(decision.subject()).isEmpty();
        assertThat(decision.reasons())
                .singleElement()
                .asString()
                .contains("handling.yaml:2")
                .contains("names its data subject");
    }

    @Test
    void what_always_stands_in_clear_is_never_hidden_whatever_the_stars_say() {
        bundle.file(
                "classification.yaml",
                "default: RESTRICTED\nrules:\n  - fields: ['/**']\n    class: RESTRICTED\ndetectors:\n  - find: email\n    class: RESTRICTED\n");

        assertThat(committed(
                        decide("s", "{'action':'a','source':{'id':'s','sequence':1},'stream':'s','tenantId':'t'}")))
                .containsExactly("/action");
    }

    @Test
    void attributes_that_are_not_as_an_action_is_known_are_restricted_or_refused() {
        bundle.file("actions.yaml", """
                rules:
                  - actions: [Appointment.Booked]
                    attributes:
                      type: object
                      required: [carrier]
                      properties:
                        carrier: {type: string}
                      additionalProperties: false
                  - actions: [Payment.*]
                    otherwise: refuse
                    attributes:
                      properties:
                        amount: {type: integer, minimum: 0}
                """);

        PolicyDecision fits = decide("s", "{'action':'Appointment.Booked','attributes':{'carrier':'DHL'}}");
        PolicyDecision fitsNot = decide("s", "{'action':'Appointment.Booked','attributes':{'x':1}}");
        PolicyDecision refused = decide("s", "{'action':'Payment.Made','attributes':{'amount':-1}}");

        assertThat(fits.commitments()).isEmpty();
        assertThat(fits.reasons()).isEmpty();
        assertThat(fitsNot.commitments()).containsExactly(new Commitment("/attributes/x", Classification.RESTRICTED));
        assertThat(fitsNot.refusal()).isEmpty();
        assertThat(fitsNot.reasons())
                .singleElement()
                .asString()
                .contains(
                        "actions.yaml:2", "/attributes lacks carrier", "/attributes/x is not known here", "RESTRICTED");
        assertThat(refused.refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("actions.yaml:9", "/amount is too small"));
    }

    @Test
    void retention_is_that_of_the_first_rule_for_the_stream() {
        bundle.file("retention.yaml", """
                default: long
                classes:
                  long: {years: 7, graceDays: 14}
                  short: {days: 90}
                rules:
                  - streams: [device.*]
                    class: short
                """);

        assertThat(decide("device.cpu", "{}").retention()).isEqualTo("short");
        assertThat(decide("audit.x", "{}").retention()).isEqualTo("long");
        assertThat(bundle.compile().retention("audit.x").graceDays()).isEqualTo(14);
        assertThat(bundle.compile().retention("audit.x").removableAt(java.time.Instant.parse("2026-02-28T01:02:03Z")))
                .hasToString("2033-03-14T01:02:03Z");
    }

    @Test
    void a_tenants_hash_depends_on_salt_and_value() {
        byte[] salt = new byte[16];
        byte[] value = json("'x'");
        String hash = TenantHash.of(salt, new JsonSlice(value, 0, value.length));

        // printf '"x"' | openssl dgst -sha256 -mac HMAC -macopt hexkey:00000000000000000000000000000000
        assertThat(hash).isEqualTo("hmac-sha256:d148359f59ec9b3f8d20bbdcc181c4421d186a5944ca0a76137cbd45211294a0");
        salt[0] = 1;
        assertThat(TenantHash.of(salt, new JsonSlice(value, 0, value.length))).isNotEqualTo(hash);
    }

    /** States beyond what is kept are made again; the outcome is the same. */
    @Test
    void patterns_that_multiply_are_decided_in_bounded_memory() {
        StringBuilder rules = new StringBuilder("default: PUBLIC\nrules:\n");
        for (int i = 0; i < 400; i++) {
            rules.append("  - {class: CONFIDENTIAL, fields: ['/attributes/**/a*" + i + "/**/b*" + i + "']}\n");
        }
        bundle.file("classification.yaml", rules.toString());
        StringBuilder record = new StringBuilder("{'attributes':{");
        for (int i = 0; i < 400; i++) {
            record.append(i == 0 ? "" : ",").append("'a" + i + "':{'b" + i + "':1,'c':2}");
        }

        PolicyDecision decision = decide("s", record.append("}}").toString());

        // /a10/b10 is named by the patterns of 0 and of 10, and so on: once each all the same.
        assertThat(committed(decision)).hasSize(400).allMatch(pointer -> pointer.matches("/attributes/a(\\d+)/b\\1"));
    }
}
