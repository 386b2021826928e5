package io.strongroom.server.policy;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.strongroom.policies.Policy;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import jakarta.inject.Singleton;

/** The built-in bundle is in force until a customer can activate one of its own. */
@Factory
final class PolicyBeans {

    @Singleton
    @Requires(missingBeans = Policy.class)
    Policy policy() {
        return new BuiltInPolicy();
    }
}
