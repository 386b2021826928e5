package io.strongroom.server.telemetry;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.RecordOpener;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.telemetry.Observation.User;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which user a record is about, as a keyed hash (decision 22). A name that policy hid is opened for that, if policy has
 * it found by its value; what was opened goes no further.
 */
public final class Users {
    /** Where a user's name may stand in a record. */
    public static final List<String> NAMES = List.of(
            "/actor/id",
            "/resource/id",
            "/attributes/user_id",
            "/attributes/userId",
            "/attributes/user/id",
            "/attributes/user/name");

    /** Where the accounts are that a session is opened for; who opened it may be somebody else. */
    private static final Set<String> OF_THE_ACCOUNT = Set.of("Session.Open", "Session.Close");

    private static final Set<String> ACCOUNTS = Set.of("User", "Account");
    private static final String TELEMETRY = "Device.Telemetry";
    private static final List<String> TOLD = NAMES.subList(2, NAMES.size());

    /** Accounts of systems and services, which are nobody's; after a domain's name and a backslash, if there is one. */
    private static final Pattern NOBODY = Pattern.compile(
            "(?i)(?:.*\\\\)?(?:system|local service|network service|anonymous logon|dwm-\\d+|umfd-\\d+|.*\\$|"
                    + "gdm|gdm-greeter|lightdm|sddm)|unknown",
            Pattern.DOTALL);

    private final RecordOpener opener;
    private final FieldHashes hashes;

    Users(RecordOpener opener, FieldHashes hashes) {
        this.opener = opener;
        this.hashes = hashes;
    }

    /** The user whose doing it was. What failed tells of nobody: whoever knocks may name anybody. */
    Optional<User> of(RecordInHand record) {
        String action = record.text("/action").orElse("");
        if (record.text("/outcome").filter("failure"::equals).isPresent()) {
            return Optional.empty();
        }
        if (OF_THE_ACCOUNT.contains(action) && isAccount(record, "/resource/type")) {
            return user(record, "/resource/id");
        }
        if (action.startsWith("Session.") && isAccount(record, "/actor/type")) {
            return user(record, "/actor/id");
        }
        if (action.equals(TELEMETRY)) {
            return TOLD.stream()
                    .map(pointer -> user(record, pointer))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.empty();
    }

    private static boolean isAccount(RecordInHand record, String pointer) {
        return record.text(pointer).filter(ACCOUNTS::contains).isPresent();
    }

    private Optional<User> user(RecordInHand record, String pointer) {
        Optional<String> clear = record.text(pointer);
        if (clear.isPresent()) {
            return clear.flatMap(name -> named(name, pointer));
        }
        return disclosed(record, pointer)
                .filter(disclosure -> isFindable(record, disclosure))
                .flatMap(disclosure -> named(disclosure.value().string(), pointer));
    }

    private Optional<User> named(String name, String pointer) {
        return name.isBlank() || NOBODY.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new User(hashes.user(name), pointer));
    }

    /** Whether policy had the field found by its value when the record was written. */
    private boolean isFindable(RecordInHand record, Disclosure disclosure) {
        int hash = hashes.findable(disclosure.pointer().toString(), disclosure.value());
        return SealedDisclosures.findable(record.sealed().get())
                .filter(all -> Arrays.stream(all).anyMatch(each -> each == hash))
                .isPresent();
    }

    /** A text that stands in the record or is kept apart, for what is no secret. */
    Optional<String> opened(RecordInHand record, String pointer) {
        return record.text(pointer).or(() -> disclosed(record, pointer)
                .map(disclosure -> disclosure.value().string()));
    }

    private Optional<Disclosure> disclosed(RecordInHand record, String pointer) {
        if (!RecordOpener.commits(record.body())) {
            return Optional.empty();
        }
        return opener
                .open(record.entry().id(), record.entry().record(), record.body(), record.sealed())
                .disclosures()
                .stream()
                .filter(disclosure -> disclosure.pointer().toString().equals(pointer))
                .filter(disclosure -> disclosure.value().kind() == JsonToken.STRING)
                .findFirst();
    }
}
