package io.strongroom.server.access;

import io.strongroom.api.Account;
import io.strongroom.api.Invitation;
import io.strongroom.api.KeyInfo;
import io.strongroom.api.SessionInfo;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** People, sessions and keys as clients see them. */
final class PeopleWire {
    private PeopleWire() {}

    static Account account(User user) {
        return new Account(user.id().value(), user.name(), user.roles(), user.attributes(), user.active());
    }

    static SessionInfo session(Sessions.Session session, long now) {
        String until = session.stepUp().counts(now)
                ? Rfc3339.format(session.stepUp().at() + SteppedUp.HOLDS.toMillis())
                : null;
        return new SessionInfo(
                session.id(),
                account(session.user()),
                session.address(),
                Rfc3339.format(session.madeAt()),
                Rfc3339.format(session.endsAt()),
                until);
    }

    static SessionTokens tokens(Sessions.Opened opened, long now) {
        return new SessionTokens(
                opened.access().text(),
                opened.refresh().text(),
                Rfc3339.format(opened.accessEndsAt()),
                Math.max(0, opened.accessEndsAt() - now) / 1000,
                Rfc3339.format(opened.endsAt()));
    }

    static KeyInfo key(OfficerKey key) {
        Long revoked = key.revokedAt();
        return new KeyInfo(
                key.id().toString(),
                key.officer().value(),
                Base64.getEncoder().encodeToString(key.key().spki()),
                Rfc3339.format(key.enrolledAt()),
                revoked == null ? null : Rfc3339.format(revoked));
    }

    static Invitation invitation(Invitations.Stored stored, @Nullable String code) {
        return new Invitation(
                stored.id(),
                code,
                stored.officer().value(),
                stored.name(),
                stored.roles(),
                Rfc3339.format(stored.expiresAt()));
    }

    static <T> byte[] items(List<T> all, Function<T, Json.Obj> wire) {
        List<Json> items = all.stream().<Json>map(wire::apply).toList();
        return Json.object().put("items", new Json.Arr(items)).build().bytes();
    }
}
