package io.strongroom.server.privacy;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.Operations;
import io.strongroom.policies.Policy;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.ViewDecision;
import java.util.Optional;

/** What the policy in force lets each role see. */
final class PolicyVisibility implements Visibility {
    private final Policy policy;

    PolicyVisibility(Policy policy) {
        this.policy = policy;
    }

    @Override
    public ViewDecision of(Reader reader, String stream, byte[] whole) {
        String format = reader.format();
        return format == null
                ? policy.read(reading(reader), stream, whole)
                : policy.export(
                        new ExportRequest(reader.who(), format, reader.purpose(), reader.time()), stream, whole);
    }

    @Override
    public boolean showsEverything(Reader reader) {
        return reader.format() == null && policy.showsEverything(reading(reader), Optional.empty());
    }

    @Override
    public boolean showsEverything(Reader reader, String stream) {
        String format = reader.format();
        return format == null
                ? policy.showsEverything(reading(reader), Optional.of(stream))
                : policy.showsEverything(
                        new ExportRequest(reader.who(), format, reader.purpose(), reader.time()), stream);
    }

    @Override
    public SearchDecision search(Reader reader, Optional<String> stream, JsonPointer field, JsonSlice value) {
        String format = reader.format();
        return format == null
                ? policy.search(reading(reader), stream, field, value)
                : policy.search(
                        new ExportRequest(reader.who(), format, reader.purpose(), reader.time()), stream, field, value);
    }

    private static AccessRequest reading(Reader reader) {
        return new AccessRequest(reader.who(), Operations.READ_RECORDS, reader.purpose(), reader.time());
    }
}
