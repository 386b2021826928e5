package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.approval.SignedApproval;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says something of a proposal: {@code POST /api/v1/policy/proposals/{name}/comments}.
 *
 * @param text 1 to {@value #MAX_TEXT} code points, without control characters but line feeds and tabs
 * @param commit of which it is said; it is refused where another is proposed by now
 * @param file of that commit; null where it is about the whole
 * @param line of the file, from 1
 * @param rejection of the commit, signed, of which this is the reason; null where it asks for no change
 */
public record CommentRequest(
        String text,
        String commit,
        @Nullable String file,
        OptionalInt line,
        @Nullable SignedApproval rejection) {
    /** The longest text, in code points. */
    public static final int MAX_TEXT = 4_000;

    public CommentRequest {
        requireNonNull(text, "text is null");
        requireNonNull(commit, "commit is null");
        if (line.isPresent() && file == null) {
            throw new IllegalArgumentException("a line is of a file");
        }
    }

    /** About all of a commit. */
    public static CommentRequest of(String text, String commit) {
        return new CommentRequest(text, commit, null, OptionalInt.empty(), null);
    }

    /** The same of a file. */
    public CommentRequest in(String named) {
        return new CommentRequest(text, commit, named, OptionalInt.empty(), rejection);
    }

    /** The same of a line of a file, from 1. */
    public CommentRequest in(String named, int number) {
        return new CommentRequest(text, commit, named, OptionalInt.of(number), rejection);
    }

    /** The same as the reason of a rejection. */
    public CommentRequest rejecting(SignedApproval signed) {
        return new CommentRequest(text, commit, file, line, signed);
    }

    public Json.Obj toJson() {
        Json.Builder json =
                Json.object().put("text", text).put("commit", commit).put("file", file);
        line.ifPresent(number -> json.put("line", number));
        if (rejection != null) {
            json.put("requestsChanges", true).put("rejection", Json.parseObject(rejection.toJson()));
        }
        return json.build();
    }
}
