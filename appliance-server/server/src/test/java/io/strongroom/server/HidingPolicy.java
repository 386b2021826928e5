package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Classification;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.ViewDecision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the same fields of every record apart, and shows those that are {@code RESTRICTED} to nobody, for appliances that
 * are to have something to hide.
 */
public final class HidingPolicy extends FixedPolicy {
    private final PolicyDecision decision;

    private HidingPolicy(PolicyDecision decision, BundleFiles files) {
        super(decision, files.byPath());
        this.decision = decision;
    }

    /** Commits fields; drops and names nobody. */
    public static HidingPolicy committing(Commitment... commitments) {
        List<Commitment> all = Arrays.asList(commitments);
        BundleFiles files = BundleFiles.of(Map.of("bundle.yaml", all.toString().getBytes(UTF_8)));
        return new HidingPolicy(
                new PolicyDecision(
                        new PolicyBundle("hiding", "c0ffee", "7", files.digest()),
                        Classification.RESTRICTED,
                        "audit-7y",
                        all,
                        List.of(),
                        Optional.empty()),
                files);
    }

    @Override
    public ViewDecision read(AccessRequest request, String stream, byte[] record) {
        return hiding(super.read(request, stream, record));
    }

    @Override
    public ViewDecision export(ExportRequest request, String stream, byte[] record) {
        return hiding(super.export(request, stream, record));
    }

    private ViewDecision hiding(ViewDecision all) {
        List<FieldView> fields = all.fields().stream().map(this::hiding).toList();
        return new ViewDecision(all.bundle(), all.access(), all.profile(), fields);
    }

    private FieldView hiding(FieldView field) {
        boolean restricted = decision.commitments().stream()
                .filter(each -> each.classification() == Classification.RESTRICTED)
                .anyMatch(each -> (field.pointer() + "/").startsWith(each.pointer() + "/"));
        return restricted ? new FieldView.Hidden(field.pointer(), Classification.RESTRICTED, "nobody sees it") : field;
    }
}
