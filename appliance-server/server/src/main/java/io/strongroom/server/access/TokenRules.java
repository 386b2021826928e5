package io.strongroom.server.access;

import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.TokenRequest;
import io.strongroom.evidence.SourceId;
import io.strongroom.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a token may be asked for. */
final class TokenRules {
    static final int MAX_DAYS = 3650;
    static final int MAX_NAME_CHARS = 100;
    static final int MAX_SOURCES = 1000;

    /** The appliance's own source, which nobody else may write (formats §3). */
    private static final String RESERVED = "strongroom";

    /** What the ids of devices look like: each is the source of what its device sends, and of nothing else. */
    private static final Pattern OF_DEVICES = Pattern.compile("dev-[a-z2-7]{16}");

    private TokenRules() {}

    static void require(TokenRequest request) {
        List<FieldError> errors = new ArrayList<>();
        nameErrors(request.name(), errors);
        if (request.scopes().isEmpty()) {
            errors.add(new FieldError("/scopes", "A token needs at least one scope."));
        }
        boolean ingests = request.scopes().contains(io.strongroom.api.Scope.INGEST);
        if (ingests && request.sources().isEmpty()) {
            errors.add(new FieldError("/sources", "A token with the scope ingest names the sources it may write."));
        }
        if (request.sources().size() > MAX_SOURCES) {
            errors.add(new FieldError("/sources", "A token names at most " + MAX_SOURCES + " sources."));
        }
        for (int i = 0; i < request.sources().size(); i++) {
            sourceErrors(request.sources().get(i), "/sources/" + i, errors);
        }
        if (request.expiresInDays() > MAX_DAYS) {
            errors.add(new FieldError("/expiresInDays", "A token holds for at most " + MAX_DAYS + " days."));
        }
        refuse(errors);
    }

    static void requireName(String name) {
        List<FieldError> errors = new ArrayList<>();
        nameErrors(name, errors);
        refuse(errors);
    }

    private static void nameErrors(String name, List<FieldError> errors) {
        boolean control = name.codePoints().anyMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > MAX_NAME_CHARS || control) {
            errors.add(new FieldError(
                    "/name", "A name has 1 to " + MAX_NAME_CHARS + " characters, none of them a control character."));
        }
    }

    private static void sourceErrors(String source, String pointer, List<FieldError> errors) {
        try {
            if (new SourceId(source).value().equals(RESERVED)) {
                errors.add(new FieldError(pointer, "The source strongroom is the appliance's own."));
            } else if (OF_DEVICES.matcher(source).matches()) {
                errors.add(new FieldError(
                        pointer, "Sources of this form are devices' own, which send with their certificate."));
            }
        } catch (IllegalArgumentException e) {
            errors.add(new FieldError(pointer, "A source id has 1 to 64 of a-z 0-9 . _ -"));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.SCHEMA, errors.getFirst().detail(), errors);
        }
    }
}
