package io.strongroom.console.people;

import io.strongroom.api.Scope;
import io.strongroom.api.ServiceToken;
import io.strongroom.api.TokenRequest;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The tokens by which services call the appliance. */
final class ServiceTokensViewModel {
    private final Desk desk;
    private final Deeds deeds;
    private final InstantSource clock;
    private final Asked<List<ServiceToken>> tokens;

    ServiceTokensViewModel(Desk desk, Deeds deeds, InstantSource clock) {
        this.desk = desk;
        this.deeds = deeds;
        this.clock = clock;
        tokens = desk.connection().asked();
    }

    Asked<List<ServiceToken>> tokens() {
        return tokens;
    }

    void refresh() {
        tokens.again(
                progress -> desk.connection().call(client -> client.tokens().list()));
    }

    boolean expired(ServiceToken token) {
        return !Instant.parse(token.expiresAt()).isAfter(clock.instant());
    }

    /** What was typed as sources, by commas or spaces. */
    static List<String> sources(String typed) {
        return Arrays.stream(typed.split("[,\\s]+"))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** Whether a token can be made of this: one that sends has to say for which sources. */
    static boolean makeable(String name, Set<Scope> scopes, String sources) {
        return !name.isBlank()
                && !scopes.isEmpty()
                && (!scopes.contains(Scope.INGEST) || !sources(sources).isEmpty());
    }

    /** Makes one; its secret is in what {@code made} is given and nowhere else. */
    void make(String name, Set<Scope> scopes, String sources, int days, Consumer<ServiceToken> made) {
        deeds.run(
                desk.texts().get("people.not.token"),
                client -> client.tokens().create(new TokenRequest(name.strip(), scopes, sources(sources), days)),
                token -> {
                    refresh();
                    made.accept(token);
                });
    }

    void revoke(ServiceToken token) {
        deeds.run(
                desk.texts().get("people.not.token.revoked"),
                client -> {
                    client.tokens().revoke(token.id());
                    return token.name();
                },
                name -> {
                    desk.dialogs().told(desk.texts().get("people.token.revoked", name));
                    refresh();
                });
    }
}
