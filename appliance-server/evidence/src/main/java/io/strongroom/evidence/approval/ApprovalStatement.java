package io.strongroom.evidence.approval;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.dsse.InTotoStatement.Subject;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The one form of an approval as an in-toto statement: canonical JSON, no member more or less. */
final class ApprovalStatement {
    private static final String BUNDLE = "bundle";
    private static final String COMMIT = "gitCommit";

    private ApprovalStatement() {}

    static byte[] render(Approval approval) {
        PolicyChange change = approval.change();
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject();
        out.name("at").string(Rfc3339.format(approval.at()));
        out.name("baseBundle").string(change.baseBundle().toString());
        out.name("decision").string(approval.decision().wire());
        out.name("expires").string(Rfc3339.format(approval.expires()));
        out.name("nonce").string(approval.nonce());
        out.name("officer").string(approval.officer().value());
        out.name("origin").string(change.origin().value());
        out.name("proposal").string(change.proposal());
        out.name("requester").string(change.requester().value());
        out.name("role").string(approval.role()).endObject();
        return statement(change.bundle(), change.commit(), out.toBytes());
    }

    private static byte[] statement(Digest bundle, GitCommit commit, byte[] predicate) {
        List<Subject> subjects = List.of(Subject.of(BUNDLE, bundle), new Subject(COMMIT, Map.of(COMMIT, commit.hex())));
        return new InTotoStatement(subjects, Approval.PREDICATE_TYPE, predicate).toJson();
    }

    static Approval parse(byte[] bytes) {
        InTotoStatement statement = InTotoStatement.parse(bytes);
        if (!statement.predicateType().equals(Approval.PREDICATE_TYPE)) {
            throw new JsonException("the predicate type is " + Approval.PREDICATE_TYPE, 0, "/predicateType");
        }
        Digest bundle = subject(statement, 0, BUNDLE, "sha256", hex -> Digest.parse("sha256:" + hex));
        GitCommit commit = subject(statement, 1, COMMIT, COMMIT, GitCommit::new);
        Approval approval;
        try {
            approval = predicate(statement.predicate(), bundle, commit);
        } catch (JsonException e) {
            throw new JsonException(e.reason(), e.position(), "/predicate" + e.pointer());
        }
        if (!Arrays.equals(bytes, approval.statement())) {
            throw new JsonException("the statement has something more, or is not canonical", 0, "");
        }
        return approval;
    }

    private static <T> T subject(
            InTotoStatement statement, int at, String name, String algorithm, Function<String, T> type) {
        List<Subject> subjects = statement.subjects();
        String hex = subjects.size() == 2 && subjects.get(at).name().equals(name)
                ? subjects.get(at).digest().get(algorithm)
                : null;
        if (hex == null) {
            throw new JsonException("the subjects are bundle (sha256) and gitCommit (gitCommit)", 0, "/subject");
        }
        try {
            return type.apply(hex);
        } catch (IllegalArgumentException e) {
            throw new JsonException(e.getMessage() + "", 0, "/subject/" + at + "/digest/" + algorithm);
        }
    }

    private static Approval predicate(byte[] predicate, Digest bundle, GitCommit commit) {
        JsonReader in = JsonReader.ofCanonical(predicate);
        in.beginObject();
        long at = member(in, "at", Rfc3339::parse);
        Digest baseBundle = member(in, "baseBundle", Digest::parse);
        Decision decision = member(in, "decision", Decision::ofWire);
        long expires = member(in, "expires", Rfc3339::parse);
        String nonce = member(in, "nonce", Approval::requireNonce);
        PersonId officer = member(in, "officer", PersonId::new);
        Origin origin = member(in, "origin", Origin::new);
        String proposal = member(in, "proposal", PolicyChange::requireProposal);
        PersonId requester = member(in, "requester", PersonId::new);
        String role = member(in, "role", Approval::requireRole);
        if (in.hasNext()) {
            throw in.refused("an approval has no member " + in.name());
        }
        in.endObject();
        in.end();
        PolicyChange change = new PolicyChange(origin, proposal, bundle, commit, baseBundle, requester);
        try {
            return new Approval(change, decision, officer, role, at, expires, nonce);
        } catch (IllegalArgumentException e) {
            throw new JsonException(e.getMessage() + "", 0, "/expires");
        }
    }

    /** The next member, which must be this one: in canonical order one before it is unknown, one after it too early. */
    private static <T> T member(JsonReader in, String name, Function<String, T> type) {
        String found = in.hasNext() ? in.name() : null;
        if (found == null || found.compareTo(name) > 0) {
            throw new JsonException("the member " + name + " is missing", in.position(), "/" + name);
        }
        if (!found.equals(name)) {
            throw in.refused("an approval has no member " + found);
        }
        String text = in.string();
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw in.refused(e.getMessage() + "");
        }
    }
}
