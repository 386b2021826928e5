package io.strongroom.server.policy;

import io.strongroom.api.CommentRequest;
import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wants to say of a proposal. */
final class CommentBody {
    private static final Set<String> MEMBERS = Set.of("text", "commit", "file", "line", "requestsChanges", "rejection");

    private CommentBody() {}

    /**
     * @throws ProblemException {@code malformed-json} or {@code schema}, with the place
     */
    static Comments.Said read(byte[] body) {
        return JsonBody.read(
                body, MEMBERS, json -> new Comments.Said(text(json), commit(json), place(json), rejection(json)));
    }

    private static String text(Json.Obj json) {
        String text = json.text("text");
        int length = text.codePointCount(0, text.length());
        if (text.isBlank() || length > CommentRequest.MAX_TEXT) {
            throw wrong(
                    "/text", "A comment has 1 to " + CommentRequest.MAX_TEXT + " characters, not all of them blank.");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw wrong("/text", "A comment has no control characters but line feeds and tabs.");
        }
        return text;
    }

    private static Optional<GitCommit> commit(Json.Obj json) {
        try {
            return Optional.ofNullable(json.optionalText("commit")).map(GitCommit::new);
        } catch (IllegalArgumentException e) {
            throw wrong("/commit", "A commit is named by 40 hexadecimal digits.");
        }
    }

    private static Comment.@Nullable Place place(Json.Obj json) {
        String file = json.optionalText("file");
        OptionalLong line = json.optionalInteger("line");
        if (file == null) {
            if (line.isPresent()) {
                throw wrong("/line", "A line is of a file: name that, too.");
            }
            return null;
        }
        if (line.isEmpty()) {
            return new Comment.Place(file, null);
        }
        // Which lines there are is for the commit to say; no file has as many.
        return new Comment.Place(file, (int) Math.clamp(line.getAsLong(), 0, Integer.MAX_VALUE));
    }

    private static @Nullable SignedApproval rejection(Json.Obj json) {
        Optional<Json.Obj> signed = json.optionalObject("rejection", rejection -> rejection);
        if (json.truth("requestsChanges") != signed.isPresent()) {
            throw signed.isPresent()
                    ? wrong("/requestsChanges", "It is true where there is a rejection.")
                    : wrong("/rejection", "Who asks for changes signs a rejection of the commit (formats §8).");
        }
        try {
            return signed.isEmpty()
                    ? null
                    : SignedApproval.parse(CanonicalJson.of(signed.get().bytes()));
        } catch (JsonException e) {
            throw wrong("/rejection" + e.pointer(), "It is no rejection (formats §8): " + e.reason() + ".");
        }
    }

    private static ProblemException wrong(String pointer, String detail) {
        return new ProblemException(ProblemType.SCHEMA, detail, List.of(new FieldError(pointer, detail)));
    }
}
