package io.strongroom.server.policy;

import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;

/** Reads what an officer signed, as it is sent. */
final class ApprovalBody {
    private ApprovalBody() {}

    /**
     * @throws ProblemException {@code malformed-json} if it is not even JSON; {@code schema}, with the place, if it is no
     *     signed approval
     */
    static SignedApproval read(byte[] envelope) {
        try {
            var unused = CanonicalJson.of(envelope);
        } catch (JsonException e) {
            throw JsonBody.malformed(e);
        }
        try {
            return SignedApproval.parse(envelope);
        } catch (JsonException e) {
            throw new ProblemException(
                    ProblemType.SCHEMA,
                    "It is no signed approval (formats §8): " + e.reason() + ".",
                    List.of(new FieldError(e.pointer(), e.reason())));
        }
    }
}
