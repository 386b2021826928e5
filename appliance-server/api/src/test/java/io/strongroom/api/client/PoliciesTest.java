package io.strongroom.api.client;

import static io.strongroom.api.client.FakeAppliance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.CommentRequest;
import org.junit.jupiter.api.Test;

final class PoliciesTest {
    private static final String PROPOSAL = """
            {"name":"proposals/mask-email","author":"ann","title":"t","state":"open","commit":"c","bundle":"b",
             "tests":{"passed":1,"failed":0,"cases":[]},"changes":[]}""";

    /** So what a list gives can be asked for. */
    @Test
    void aProposalIsFoundByTheNameThatItHasInAListAndByItsShortOne() throws Exception {
        try (FakeAppliance appliance = new FakeAppliance();
                StrongroomClient client = StrongroomClient.at(appliance.address())
                        .trust(ApplianceTrust.pinned(appliance.fingerprint()))
                        .retry(RetryPolicy.NONE)
                        .build()) {
            for (String name : new String[] {"proposals/mask-email", "mask-email"}) {
                appliance.answers(json(200, PROPOSAL));
                assertThat(client.policies().proposal(name).shortName()).isEqualTo("mask-email");
                assertThat(appliance.requests().getLast().path()).isEqualTo("/api/v1/policy/proposals/mask-email");
            }
        }
    }

    @Test
    void aCommentNamesItsCommitAndItsPlace() throws Exception {
        try (FakeAppliance appliance = new FakeAppliance();
                StrongroomClient client = StrongroomClient.at(appliance.address())
                        .trust(ApplianceTrust.pinned(appliance.fingerprint()))
                        .retry(RetryPolicy.NONE)
                        .build()) {
            appliance.answers(json(201, PROPOSAL), json(200, PROPOSAL));
            client.policies().comment("proposals/mask-email", CommentRequest.of("Why?", "c0ffee"));
            client.policies()
                    .comment("mask-email", CommentRequest.of("Why?", "c0ffee").in("masking.yaml", 12));

            assertThat(appliance.requests())
                    .extracting(FakeAppliance.Request::path)
                    .containsOnly("/api/v1/policy/proposals/mask-email/comments");
            assertThat(appliance.requests())
                    .extracting(FakeAppliance.Request::body)
                    .containsExactly(
                            "{\"text\":\"Why?\",\"commit\":\"c0ffee\"}",
                            "{\"text\":\"Why?\",\"commit\":\"c0ffee\",\"file\":\"masking.yaml\",\"line\":12}");
        }
    }
}
