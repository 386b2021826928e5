package io.strongroom.policies.bundle;

import io.strongroom.policies.bundle.Bundle.ActionRule;
import io.strongroom.policies.schema.JsonSchema;
import io.strongroom.policies.schema.SchemaException;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import io.strongroom.policies.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads actions.yaml. */
final class ActionReader {
    private ActionReader() {}

    static List<ActionRule> read(YamlFile file) {
        List<ActionRule> rules = new ArrayList<>();
        for (Entry rule : file.root().entries("rules")) {
            YamlNode attributes = rule.node("attributes");
            if (rule.isSound() && attributes != null) {
                byte[] schema = attributes.toJson();
                try {
                    rules.add(new ActionRule(
                            Selectors.id(rule),
                            Selectors.names(rule, "actions"),
                            Selectors.streams(rule),
                            JsonSchema.of(schema),
                            new String(schema, StandardCharsets.UTF_8),
                            rule.text("otherwise").equals("refuse")));
                } catch (SchemaException e) {
                    rule.fault(
                            rule.line("attributes"),
                            "the schema of the attributes is none: " + e.pointer() + " " + e.getMessage(),
                            "write JSON Schema with type, properties, required, additionalProperties, items, enum,"
                                    + " pattern and bounds");
                }
            }
        }
        return rules;
    }
}
