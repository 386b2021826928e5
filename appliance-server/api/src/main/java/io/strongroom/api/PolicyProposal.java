package io.strongroom.api;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that somebody wants to be in force: {@code GET /api/v1/policy/proposals/{name}}.
 *
 * @param name the branch, such as {@code proposals/mask-email}
 * @param state {@code draft}, {@code open}, {@code withdrawn} or {@code activated}
 * @param change exactly what an approval has to name; empty in a list
 * @param continuesMain whether {@code main} can be moved to it; true in a list
 * @param approvals what officers said; empty in a list
 * @param sentences what it decides otherwise than what is in force
 * @param testsPassed how many of its tests did
 * @param shadow its last shadow evaluation that has a report; empty in a list
 * @param more all that was answered
 */
public record PolicyProposal(
        String name,
        String author,
        String title,
        String state,
        String commit,
        String bundle,
        Optional<PolicyChange> change,
        boolean continuesMain,
        List<Given> approvals,
        List<String> sentences,
        long testsPassed,
        Optional<ShadowEvaluation> shadow,
        Json.Obj more) {
    public PolicyProposal {
        approvals = List.copyOf(approvals);
        sentences = List.copyOf(sentences);
    }

    /** The name without the branch's prefix, by which the appliance is asked about it. */
    public String shortName() {
        return name.startsWith("proposals/") ? name.substring("proposals/".length()) : name;
    }

    /**
     * What an officer said.
     *
     * @param decision {@code approve} or {@code reject}
     * @param commit the one that they meant
     * @param at when they signed, RFC 3339
     * @param counts whether it is one of the two that are needed
     * @param reason why it does not count
     * @param withdrawn whether they took it back
     * @param envelope what they signed, with the signature (formats §8), in base64
     * @param key the SubjectPublicKeyInfo in base64 that the appliance knows as theirs
     */
    public record Given(
            String digest,
            String officer,
            String role,
            String decision,
            String commit,
            String at,
            String expires,
            boolean counts,
            @Nullable String reason,
            boolean withdrawn,
            String envelope,
            String key) {
        static Given fromJson(Json.Obj json) {
            return new Given(
                    json.text("digest"),
                    json.text("officer"),
                    json.text("role"),
                    json.text("decision"),
                    json.text("commit"),
                    json.text("at"),
                    json.text("expires"),
                    truth(json, "counts"),
                    json.optionalText("reason"),
                    json.truth("withdrawn"),
                    json.text("envelope"),
                    json.text("key"));
        }
    }

    /**
     * What somebody said of it.
     *
     * @param digest names it
     * @param author the officer's id
     * @param at when it came, RFC 3339
     * @param commit the one that they meant
     * @param file of that commit; null where it is about the whole
     * @param line of the file, from 1; 0 for the whole file
     * @param rejection digest of the rejection that it gives the reason of; null where it asks for no change
     */
    public record Comment(
            String digest,
            String author,
            String at,
            String commit,
            @Nullable String file,
            int line,
            String text,
            @Nullable String rejection) {
        static Comment fromJson(Json.Obj json) {
            return new Comment(
                    json.text("digest"),
                    json.text("author"),
                    json.text("at"),
                    json.text("commit"),
                    json.optionalText("file"),
                    (int) json.optionalInteger("line").orElse(0),
                    json.text("text"),
                    json.optionalText("rejection"));
        }

        /** Whether it asked for changes, whatever became of that since. */
        public boolean requestsChanges() {
            return rejection != null;
        }
    }

    /**
     * A test of the bundle's.
     *
     * @param file in which it stands
     * @param failures what was expected and not found; none if it passed
     */
    public record Test(String name, String file, long line, boolean passed, List<String> failures) {
        public Test {
            failures = List.copyOf(failures);
        }

        static Test fromJson(Json.Obj json) {
            return new Test(
                    json.text("name"),
                    json.text("file"),
                    json.integer("line"),
                    json.truth("passed"),
                    json.texts("failures"));
        }
    }

    /**
     * Something that it decides otherwise than what is in force.
     *
     * @param area what it is about, such as {@code visibility}
     * @param streams that it is about, as patterns; none where it is about none
     * @param text in a sentence, without the streams
     * @param sentence with them
     * @param told the sentence as a phrase, for whoever tells it in another language than English: a name as the bundle has
     *     it is a string, what is told of other things an array of its kind and of these; null from an older appliance
     */
    public record Change(
            String area,
            List<String> streams,
            String text,
            String sentence,
            @Nullable Json told) {
        public Change {
            streams = List.copyOf(streams);
        }

        static Change fromJson(Json.Obj json) {
            return new Change(
                    json.text("area"),
                    json.texts("streams"),
                    json.text("text"),
                    json.text("sentence"),
                    json.get("told").orElse(null));
        }
    }

    /** When its branch was first pushed, RFC 3339. */
    public String createdAt() {
        return more.text("createdAt");
    }

    /** When something about it changed last, RFC 3339. */
    public String changedAt() {
        return more.text("changedAt");
    }

    /** Why its bundle is not valid any more; then there are neither tests nor changes. */
    public Optional<String> fault() {
        return Optional.ofNullable(more.optionalText("fault"));
    }

    /** What was said of it, of whichever commit, in the order in which it came; none in a list of proposals. */
    public List<Comment> comments() {
        return more.objects("comments", Comment::fromJson);
    }

    /** How each of its tests went; none in a list of proposals. */
    public List<Test> tests() {
        return more.object("tests").objects("cases", Test::fromJson);
    }

    /** What it decides otherwise than what is in force; none in a list of proposals. */
    public List<Change> changes() {
        return more.object("diff").objects("changes", Change::fromJson);
    }

    public static PolicyProposal fromJson(Json.Obj json) {
        return new PolicyProposal(
                json.text("name"),
                json.text("author"),
                json.text("title"),
                json.text("state"),
                json.text("commit"),
                json.text("bundle"),
                json.optionalObject("change", PolicyProposal::change),
                json.get("continuesMain").isEmpty() || truth(json, "continuesMain"),
                json.get("approvals").isEmpty() ? List.of() : json.objects("approvals", Given::fromJson),
                json.optionalObject("diff", diff -> diff.objects("changes", change -> change.text("sentence")))
                        .orElse(List.of()),
                json.optionalObject("tests", tests -> tests.integer("passed")).orElse(0L),
                json.optionalObject("shadow", ShadowEvaluation::fromJson),
                json);
    }

    private static boolean truth(Json.Obj json, String name) {
        return json.get(name).map(Json::toString).filter("true"::equals).isPresent();
    }

    private static PolicyChange change(Json.Obj json) {
        try {
            return new PolicyChange(
                    new Origin(json.text("origin")),
                    json.text("proposal"),
                    Digest.parse(json.text("bundle")),
                    new GitCommit(json.text("commit")),
                    Digest.parse(json.text("baseBundle")),
                    new PersonId(json.text("requester")));
        } catch (IllegalArgumentException e) {
            throw new JsonShapeException("change", "what an approval names: " + e.getMessage());
        }
    }
}
