package io.strongroom.api.client;

import io.strongroom.api.SessionTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A session's access token, replaced a minute before it ends by whoever needs it then; all others wait for that one, since a
 * refresh token counts once. The replacing has a thread of its own: a caller that is interrupted must not lose the tokens
 * that are on their way.
 */
final class CurrentToken implements Supplier<@Nullable String> {
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final InstantSource clock;

    // Guarded by this.
    private SessionTokens tokens;
    private Instant renewAt;
    private UnaryOperator<SessionTokens> renewal = same -> same;
    private @Nullable CompletableFuture<SessionTokens> underWay;
    private StrongroomException.@Nullable Unauthenticated ended;

    CurrentToken(SessionTokens first, InstantSource clock) {
        this.clock = clock;
        this.tokens = first;
        this.renewAt = due(first, clock.instant());
    }

    /** By this clock alone, which may be another time than the appliance's. */
    private static Instant due(SessionTokens tokens, Instant received) {
        Duration whole = Duration.ofSeconds(tokens.accessSeconds());
        Duration half = whole.dividedBy(2);
        return received.plus(whole.compareTo(AHEAD.multipliedBy(2)) < 0 ? half : whole.minus(AHEAD));
    }

    /** Tells how the next tokens are had for the refresh token. */
    synchronized void renewBy(java.util.function.Function<String, SessionTokens> refresh) {
        renewal = now -> refresh.apply(now.refreshToken());
    }

    synchronized SessionTokens tokens() {
        return tokens;
    }

    /**
     * The token to call with now.
     *
     * @throws StrongroomException if the old one is about to end and there is no new one; {@code Unauthenticated} once the
     *     session has ended
     */
    @Override
    public String get() {
        CompletableFuture<SessionTokens> next;
        synchronized (this) {
            if (ended != null) {
                throw new StrongroomException.Unauthenticated(ended.problem());
            }
            if (clock.instant().isBefore(renewAt)) {
                return tokens.accessToken();
            }
            if (underWay == null) {
                underWay = renew();
            }
            next = underWay;
        }
        return await(next).accessToken();
    }

    private CompletableFuture<SessionTokens> renew() {
        CompletableFuture<SessionTokens> next = new CompletableFuture<>();
        SessionTokens old = tokens;
        UnaryOperator<SessionTokens> how = renewal;
        Thread.ofVirtual().name("strongroom-session").start(() -> {
            try {
                SessionTokens renewed = how.apply(old);
                settle(renewed, null);
                next.complete(renewed);
            } catch (StrongroomException e) {
                settle(null, e instanceof StrongroomException.Unauthenticated over ? over : null);
                next.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                settle(null, null);
                next.completeExceptionally(e);
            }
        });
        return next;
    }

    private synchronized void settle(
            @Nullable SessionTokens renewed, StrongroomException.@Nullable Unauthenticated over) {
        underWay = null;
        ended = over;
        if (renewed != null) {
            tokens = renewed;
            renewAt = due(renewed, clock.instant());
        }
    }

    private static SessionTokens await(CompletableFuture<SessionTokens> next) {
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StrongroomException.Interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StrongroomException failure) {
                throw failure;
            }
            throw new IllegalStateException("renewing the session failed", e.getCause());
        }
    }
}
