package io.strongroom.policies.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.policies.TestBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle is refused with the file, the line, the reason and what to do, for everything that is wrong. */
class BundleLoaderTest {
    private final TestBundle bundle = new TestBundle();

    @Test
    void three_files_are_a_bundle() {
        Bundle loaded = bundle.load();

        assertThat(loaded.name()).isEqualTo("test");
        assertThat(loaded.retention().otherwise().name()).isEqualTo("audit-7y");
        assertThat(loaded.access()).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        bundle.file("classification.yaml", """
                        default: SECRET
                        rules:
                          - feilds: [/actor/id]
                            class: CONFIDENTIAL
                          - fields: [/attributes/0, actor, /attribute/x]
                            class: CONFIDENTIAL
                        """).file("access.yaml", """
                        rules:
                          - roles: [Audit.Reader]
                            operations: [record.read]
                            when: callr.id == 'x'
                        """).file("retention.yaml", """
                        default: forever
                        classes:
                          audit-7y: {years: 7, days: 3}
                        """);

        List<String> faults = bundle.faults();

        assertThat(faults).hasSize(10);
        assertThat(faults.get(0))
                .startsWith("access.yaml:3: there is no operation record.read: did you mean records.read?");
        assertThat(faults.get(1)).startsWith("access.yaml:4: the condition is not CEL that can be used here");
        assertThat(faults.get(1)).contains("undeclared reference to 'callr'").contains("caller.id");
        assertThat(faults.get(2))
                .startsWith(
                        "classification.yaml:1: default is none of the values allowed here: write one of CONFIDENTIAL");
        assertThat(faults)
                .anyMatch(fault ->
                        fault.startsWith("classification.yaml:3: feilds is not known here: did you mean fields?"));
        assertThat(faults)
                .anyMatch(fault -> fault.startsWith("classification.yaml:3: rules[0] lacks fields: add fields"));
        assertThat(faults)
                .anyMatch(fault -> fault.startsWith(
                        "classification.yaml:5: the field /attributes/0 is none: an element of an array"));
        assertThat(faults)
                .anyMatch(fault -> fault.startsWith(
                        "classification.yaml:5: the field actor is none: a field begins with a slash"));
        assertThat(faults)
                .anyMatch(
                        fault -> fault.startsWith(
                                "classification.yaml:5: the field /attribute/x begins with a member that records do not have: did you mean /attributes?"));
        assertThat(faults)
                .anyMatch(
                        fault -> fault.startsWith("retention.yaml:1: there is no retention class forever: declare it"));
        assertThat(faults).anyMatch(fault -> fault.startsWith("retention.yaml:3: the class audit-7y has 2 periods"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/source", "/source/id", "/stream", "/tenantId", "/tenant*"})
    void what_stands_in_the_entry_in_clear_cannot_be_hidden(String field) {
        bundle.file(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - fields: ['" + field + "']\n    class: RESTRICTED\n")
                .file("handling.yaml", "rules:\n  - do: drop\n    fields:\n      - " + field.replace("*", "Id") + "\n")
                .file(
                        "masking.yaml",
                        "profiles:\n  - name: p\n    roles: [R]\n    rules:\n      - fields: ['" + field
                                + "']\n        mask: hash\n");

        assertThat(bundle.faults())
                .hasSize(3)
                .allMatch(fault ->
                        fault.contains("stands in the ledger's entry in clear, for ever, and cannot be hidden"));
        assertThat(bundle.faults().get(0)).startsWith("classification.yaml:3:");
        assertThat(bundle.faults().get(1)).startsWith("handling.yaml:4:");
        assertThat(bundle.faults().get(2)).startsWith("masking.yaml:5:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: &x [1]\\nb: *x|uses an anchor",
                "a: *x|uses an alias",
                "a: !!java.util.Date 1|uses a tag",
                "a: !x y|uses a tag",
                "a: 1\\na: 2|has the key a twice",
                "? [a]\\n: b|has a key that is no text",
                "a: 1\\n---\\nb: 2|holds a second document",
                "a: [1|is not YAML",
                "- 1|is no mapping",
                "a: pass\u200bword|holds the character U+200B",
                "a: x # \u202ey|holds the character U+202E",
                "a: 9007199254740993|beyond what JSON holds exactly",
                "''|is empty"
            })
    void yaml_that_could_mean_more_than_it_shows_is_refused(String yaml, String reason) {
        bundle.file("masking.yaml", yaml.replace("\\n", "\n"));

        assertThat(bundle.faults()).isNotEmpty().anyMatch(fault -> fault.contains(reason));
    }

    @Test
    void a_yaml_bomb_is_refused_in_its_first_lines() {
        StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (char c = 'b'; c <= 'i'; c++) {
            bomb.append("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n"
                    .replace("%c", "" + (char) (c - 1))
                    .replaceFirst(".", "" + c));
        }
        bundle.file("masking.yaml", bomb.toString());

        assertThat(bundle.faults())
                .containsExactly("masking.yaml:1: uses an anchor (&): remove it; aliases are refused");
    }

    @Test
    void nesting_is_bounded() {
        bundle.file("masking.yaml", "profiles: " + "[".repeat(50_000) + "]".repeat(50_000));

        assertThat(bundle.faults()).singleElement().asString().contains("is nested deeper than");
    }

    @Test
    void ten_thousand_files_are_refused_before_any_is_read() {
        for (int i = 0; i < 10_000; i++) {
            bundle.file("f" + i + ".test.yaml", "time: x");
        }

        assertThat(bundle.faults())
                .singleElement()
                .asString()
                .isEqualTo("bundle: has 10003 files: a bundle has at most 200; join some");
    }

    @Test
    void a_file_is_bounded() {
        bundle.file("masking.yaml", "#".repeat(BundleLoader.MAX_FILE_BYTES + 1));

        assertThat(bundle.faults())
                .singleElement()
                .asString()
                .startsWith("masking.yaml: has 1048577 bytes: a file has at most 1048576");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../access.yaml", "/etc/passwd", ".git/config", "a\nb.yaml", ".gitmodules"})
    void a_path_that_leads_elsewhere_is_refused(String path) {
        bundle.file(path, "x: 1");

        assertThat(bundle.faults()).singleElement().asString().contains("has a path that a bundle cannot have");
    }

    @Test
    void an_unknown_file_is_refused_and_the_nearest_is_named() {
        bundle.file("acces.yml", "rules: []").file("README.md", "what this is");

        assertThat(bundle.faults())
                .singleElement()
                .asString()
                .startsWith("acces.yml: is no file of a bundle: did you mean access.yaml?");
    }

    @Test
    void what_must_be_there_is_missed() {
        bundle.without("retention.yaml").without("bundle.yaml");

        assertThat(bundle.faults())
                .containsExactly(
                        "bundle.yaml: is missing: add it; see the guide to policies",
                        "retention.yaml: is missing: add it; see the guide to policies");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(a+)+(?=b)|not an RE2 expression",
                "(x)\\1|not an RE2 expression",
                "((a{100}){100}){100}|multiply to more than",
                "a{2000}|multiply to more than",
                "(|not an RE2 expression"
            })
    void an_expression_that_could_blow_up_is_refused(String expression, String reason) {
        bundle.file(
                "classification.yaml",
                "default: INTERNAL\ndetectors:\n  - find: pattern\n    pattern: '" + expression
                        + "'\n    class: RESTRICTED\n");

        assertThat(bundle.faults())
                .singleElement()
                .asString()
                .startsWith("classification.yaml:4: the pattern cannot be used")
                .contains(reason);
    }

    @Test
    void a_hash_needs_a_reason_and_the_word_that_it_cannot_be_erased() {
        bundle.file("handling.yaml", "rules:\n  - fields: [/actor/id]\n    do: hash\n");

        assertThat(bundle.faults())
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("handling.yaml:3: a hash cannot be erased"))
                .anyMatch(fault -> fault.startsWith("handling.yaml:3: a hash needs a reason"));
    }

    @Test
    void a_rule_that_can_never_apply_is_refused() {
        bundle.file("masking.yaml", """
                profiles:
                  - name: p
                    roles: [Audit.Reader]
                    rules:
                      - mask: omit
                      - kinds: [contact]
                        mask: hash
                """);

        assertThat(bundle.faults())
                .singleElement()
                .asString()
                .startsWith("masking.yaml:6: the rule can never apply: the one in line 5");
    }

    @Test
    void a_schema_of_an_action_is_checked() {
        bundle.file(
                "actions.yaml",
                "rules:\n  - actions: [x]\n    attributes:\n      type: object\n      properties: {a: {patern: x}}\n");

        assertThat(bundle.faults())
                .singleElement()
                .asString()
                .startsWith(
                        "actions.yaml:3: the schema of the attributes is none: /properties/a/patern is no keyword that is"
                                + " supported; did you mean pattern?");
    }

    @Test
    void text_that_is_not_utf8_is_refused() {
        bundle.file("masking.yaml", "profiles: [] # ä".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(bundle.faults()).containsExactly("masking.yaml: is not UTF-8: save it as UTF-8");
    }

    @Test
    void the_number_of_fields_is_bounded() {
        StringBuilder rules = new StringBuilder("default: INTERNAL\nrules:\n");
        for (int i = 0; i < 21; i++) {
            rules.append("  - class: PUBLIC\n    fields:\n");
            for (int j = 0; j < 100; j++) {
                rules.append("      - /attributes/**/a" + i + "/**/b" + j + "\n");
            }
        }
        bundle.file("classification.yaml", rules.toString());

        assertThat(bundle.faults())
                .singleElement()
                .asString()
                .startsWith("bundle: names 2100 fields: a bundle names at most 2000");
    }

    /** A bundle whose officers cannot approve would be the last that devices ever take. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ben@example.com | Compliance.Reviewer | yLIKL+jhXlgOcslRt8ZPGJSbLBWfMttAaA4CqH2yXlA | no two of these
            Ann@Example.com | Security.Admin      | yLIKL+jhXlgOcslRt8ZPGJSbLBWfMttAaA4CqH2yXlA | is named twice
            ben@example.com | Security.Admin      | cOo4mPnTHHe3TrJHc8U899by+sEOESa0kQQkvae4rpE | key stands here twice
            ben@example.com | Security.Admin      | AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | the key is none
            """)
    void officers_who_could_not_approve_the_next_bundle_are_refused(
            String officer, String role, String key, String reason) {
        TestBundle bundle = new TestBundle().file("officers.yaml", """
                        officers:
                          - {officer: ann@example.com, roles: [Compliance.Reviewer],
                             keys: [MCowBQYDK2VwAyEAcOo4mPnTHHe3TrJHc8U899by+sEOESa0kQQkvae4rpE=]}
                          - {officer: %s, roles: [%s], keys: [MCowBQYDK2VwAyEA%s=]}
                        """.formatted(officer, role, key));

        assertThat(bundle.faults()).singleElement().asString().contains(reason);
    }
}
