package io.strongroom.policies.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {
    private static List<String> faults(String schema, String document) {
        List<String> faults = new ArrayList<>();
        JsonSchema.of(bytes(schema))
                .check(
                        CanonicalJson.of(bytes(document)),
                        (pointer, reason, remedy) -> faults.add(pointer + " " + reason));
        return faults;
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|[1,'a',null]",
                "{'type':'integer'}|7",
                "{'type':'number'}|7",
                "{'type':['string','null']}|null",
                "{'enum':['a',1,null]}|1",
                "{'const':true}|true",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']}|{'a':'x','b':1}",
                "{'additionalProperties':{'type':'integer'}}|{'a':1}",
                "{'items':{'minimum':1,'maximum':3}}|[1,2,3]",
                "{'pattern':'^a+$'}|'aaa'",
                "{'minLength':1,'maxLength':1}|'ü'",
                "{'$ref':'#/$defs/x','$defs':{'x':{'type':'string'}}}|'a'"
            })
    void what_fits_has_no_fault(String schema, String document) {
        assertThat(faults(schema, document)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'integer'}|7.5| is a number but must be a whole number",
                "{'type':'string'}|7| is a whole number but must be text",
                "{'enum':['a','b']}|'c'| is none of the values allowed here",
                "{'required':['a']}|{}| lacks a",
                "{'properties':{'a':{}},'additionalProperties':false}|{'b':1}|/b is not known here",
                "{'additionalProperties':{'type':'integer'}}|{'a/b':'x'}|/a~1b is text but must be a whole number",
                "{'items':{'maximum':3}}|[1,4]|/1 is too large",
                "{'minItems':1}|[]| has too few items",
                "{'uniqueItems':true}|['a','a']|/1 stands twice in the list",
                "{'pattern':'^a+$'}|'b'| does not have the form that is needed",
                "{'maxLength':1}|'üü'| is too long",
                "{'propertyNames':{'maxLength':1}}|{'ab':1}|/ab is too long",
                "{'minProperties':1}|{}| has too few members"
            })
    void what_does_not_fit_is_told_with_its_place(String schema, String document, String fault) {
        assertThat(faults(schema, document).stream().map(String::strip)).containsExactly(fault.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'patern':'x'}|did you mean pattern?",
                "{'type':'text'}|is no type of JSON",
                "{'pattern':'(?=x)'}|not an RE2 expression",
                "{'$ref':'https://elsewhere.example/x'}|refers to nothing",
                "{'$ref':'#/$defs/x','$defs':{'x':{'$ref':'#/$defs/x'}}}|refers to itself",
                "{'properties':7}|must be a mapping",
                "{'required':'a'}|must be a list"
            })
    void what_is_no_schema_is_refused(String schema, String reason) {
        assertThatThrownBy(() -> JsonSchema.of(bytes(schema)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void definitions_that_multiply_are_refused() {
        StringBuilder schema = new StringBuilder("{'$ref':'#/$defs/d0','$defs':{");
        for (int i = 0; i < 8; i++) {
            String next = "{'$ref':'#/$defs/d" + (i + 1) + "'}";
            schema.append("'d" + i + "':{'properties':{'a':" + next + ",'b':" + next + ",'c':" + next + "}},");
        }
        schema.append("'d8':{}}}");

        assertThatThrownBy(() -> JsonSchema.of(bytes(schema.toString())))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("grows to more than");
    }

    @ParameterizedTest
    @CsvSource({"feilds, fields", "Fields, fields", "streem, streams", "xyz,"})
    void the_nearest_name_is_what_was_probably_meant(String typed, String meant) {
        assertThat(Nearest.of(typed, List.of("fields", "streams", "class"))).isEqualTo(meant);
    }
}
