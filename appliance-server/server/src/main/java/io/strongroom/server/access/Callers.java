package io.strongroom.server.access;

import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds out who calls: a service by its token, or a person by the access token of their session. Never waits. */
@Singleton
public final class Callers {
    private final ServiceTokens tokens;
    private final Sessions sessions;

    public Callers(ServiceTokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** Who presents this; empty if it is malformed, unknown, revoked, ended or expired. */
    public Optional<Caller> authenticate(String presented) {
        return tokens.authenticate(presented).or(() -> sessions.authenticate(presented));
    }
}
