package io.strongroom.server.access;

import io.strongroom.evidence.approval.PersonId;
import jakarta.inject.Singleton;

/** Asks accounts and tokens. */
@Singleton
final class KnownMakers implements Makers {
    private final ServiceTokens tokens;
    private final Users users;

    KnownMakers(ServiceTokens tokens, Users users) {
        this.tokens = tokens;
        this.users = users;
    }

    @Override
    public boolean counts(String id) {
        return TokenText.isId(id)
                ? tokens.counts(id)
                : users.find(new PersonId(id)).filter(User::active).isPresent();
    }
}
