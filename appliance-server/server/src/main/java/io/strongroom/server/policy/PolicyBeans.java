package io.strongroom.server.policy;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.strongroom.policies.Policy;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.policy.repository.Actors;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts the slice together. */
@Factory
final class PolicyBeans {

    @Singleton
    @Requires(missingBeans = Policy.class)
    Policy policy() {
        return new BuiltInPolicy();
    }

    @Singleton
    PolicyTrail policyTrail(SystemTrail trail, InstantSource clock) {
        return new PolicyTrail(trail, clock);
    }

    @Singleton
    Proposals proposals(Database database, Installation installation, PolicyTrail trail, InstantSource clock) {
        return new Proposals(new ProposalTable(database, installation.tenant()), trail, clock);
    }

    @Singleton
    Actors actors() {
        return caller -> new Actor("token:" + caller.id(), "ServiceToken", caller.id());
    }
}
