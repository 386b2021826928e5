package io.strongroom.server.access;

import io.strongroom.api.FieldError;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.access.secret.PasswordRules;
import io.strongroom.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be asked for about people. */
final class PeopleRules {
    static final int MOST_ATTRIBUTES = 16;

    private static final Pattern OFFICER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,31}");
    private static final Pattern VALUE = Pattern.compile("[ -~]{0,64}");

    private static final Set<String> RESERVED = Set.of("strongroom", "setup", "unknown", "invitations");

    private PeopleRules() {}

    /** The officer's id in a path or a sign-in; empty if it cannot be one. */
    static Optional<PersonId> officer(String text) {
        return OFFICER.matcher(text).matches() ? Optional.of(new PersonId(text)) : Optional.empty();
    }

    static void require(InvitationRequest request) {
        List<FieldError> errors = new ArrayList<>();
        PersonId id = officer(request.officer()).orElse(null);
        if (id == null) {
            errors.add(new FieldError(
                    "/officer",
                    "An officer's id has 1 to 64 of A-Z a-z 0-9 . _ @ + - and begins with a letter or a digit."));
        } else if (RESERVED.contains(UserRows.key(id)) || TokenText.isId(UserRows.key(id))) {
            errors.add(new FieldError("/officer", "This id could be taken for the appliance's own, or for a token's."));
        }
        boolean control = request.name().codePoints().anyMatch(Character::isISOControl);
        if (request.name().isBlank() || request.name().length() > TokenRules.MAX_NAME_CHARS || control) {
            errors.add(new FieldError(
                    "/name",
                    "A name has 1 to " + TokenRules.MAX_NAME_CHARS + " characters, none of them a control character."));
        }
        roleErrors(request.roles(), errors);
        attributeErrors(request.attributes(), errors);
        refuse(errors);
    }

    static void requireRoles(Set<Role> roles) {
        List<FieldError> errors = new ArrayList<>();
        roleErrors(roles, errors);
        refuse(errors);
    }

    static void requirePassword(String pointer, String password, String officer, String name) {
        List<FieldError> errors = PasswordRules.fault(password, List.of(officer, name)).stream()
                .map(fault -> new FieldError(pointer, fault))
                .toList();
        refuse(errors);
    }

    private static void roleErrors(Set<Role> roles, List<FieldError> errors) {
        if (roles.isEmpty()) {
            errors.add(new FieldError("/roles", "A person has at least one role of " + Role.names() + "."));
        }
    }

    private static void attributeErrors(Map<String, String> attributes, List<FieldError> errors) {
        boolean fits = attributes.size() <= MOST_ATTRIBUTES
                && attributes.entrySet().stream()
                        .allMatch(each -> ATTRIBUTE.matcher(each.getKey()).matches()
                                && VALUE.matcher(each.getValue()).matches());
        if (!fits) {
            errors.add(new FieldError(
                    "/attributes",
                    "At most " + MOST_ATTRIBUTES
                            + " attributes: names of 1 to 32 of A-Z a-z 0-9 . _ -, values of at most"
                            + " 64 printable characters of ASCII."));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.SCHEMA, errors.getFirst().detail(), errors);
        }
    }
}
