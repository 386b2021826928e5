package io.strongroom.policies.bundle;

import io.strongroom.policies.schema.JsonSchema;
import io.strongroom.policies.schema.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The files that a bundle may have, each with its schema. */
public enum BundleFile {
    BUNDLE(true),
    CLASSIFICATION(true),
    HANDLING(false),
    MASKING(false),
    RETENTION(true),
    RESIDENCY(false),
    EXPORT(false),
    ACCESS(false),
    QUOTAS(false),
    ACTIONS(false),
    AGENTS(false),
    OFFICERS(false);

    /** How the names of tests end. */
    public static final String TEST_SUFFIX = ".test.yaml";

    private static final JsonSchema TESTS = JsonSchema.of(schemaBytes("test"));
    private static final JsonSchema RECORDS = JsonSchema.of(schemaBytes("record"));

    private final boolean required;
    private final String path;
    private final JsonSchema schema;

    BundleFile(boolean required) {
        String name = name().toLowerCase(Locale.ROOT);
        this.required = required;
        this.path = name + ".yaml";
        this.schema = JsonSchema.of(schemaBytes(name));
    }

    /**
     * The schema of a file, as JSON.
     *
     * @param name as in {@code masking}; {@code test} for tests, {@code record} for records in them
     */
    public static byte[] schemaBytes(String name) {
        String resource = "/io/strongroom/policies/schema/" + name + ".schema.json";
        try (InputStream in = BundleFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks the schema " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema " + resource, e);
        }
    }

    /** Whether a bundle must have it. */
    public boolean isRequired() {
        return required;
    }

    /** Where it stands in the bundle. */
    public String path() {
        return path;
    }

    /** What it must look like. */
    public JsonSchema schema() {
        return schema;
    }

    /** Whether a bundle may have a file of that path: one of these, a test, or a text for people. */
    static boolean isKnown(String path) {
        return paths().contains(path) || isTest(path) || path.endsWith(".md");
    }

    /** What a file of tests must look like. */
    public static JsonSchema testSchema() {
        return TESTS;
    }

    /** What the members of a record in a test must look like, which may leave out any. */
    public static JsonSchema recordSchema() {
        return RECORDS;
    }

    /** Whether the file holds tests. */
    public static boolean isTest(String path) {
        return path.endsWith(TEST_SUFFIX);
    }

    private static List<String> paths() {
        return Arrays.stream(values()).map(BundleFile::path).toList();
    }

    static String remedy(String path) {
        String nearest = Nearest.of(path.replaceFirst("\\.yml$", ".yaml"), paths());
        return (nearest == null ? "" : "did you mean " + nearest + "? ") + "A bundle has " + String.join(", ", paths())
                + ", tests that end in " + TEST_SUFFIX + ", and texts that end in .md";
    }
}
