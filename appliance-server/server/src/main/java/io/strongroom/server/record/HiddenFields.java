package io.strongroom.server.record;

import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyDecision;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** placeholder */
record HiddenFields(
        byte[] reduced, byte[] member, @Nullable String subject, Map<Classification, List<String>> byClass) {
    static HiddenFields of(byte[] canonical, PolicyDecision decision, RandomBytes random) {
        throw new PolicyFaultException("not yet");
    }
}
