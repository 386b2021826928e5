package io.strongroom.server.policy;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import io.strongroom.policies.Policy;
import io.strongroom.server.access.OfficerKeys;
import io.strongroom.server.access.Permissions;
import io.strongroom.server.access.ServiceTokens;
import io.strongroom.server.access.Users;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.policy.repository.Actors;
import io.strongroom.server.policy.repository.BundleCheck;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.projection.Timeline;
import io.strongroom.server.record.SystemRecords;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts the slice together: what is in force is known before the ledger opens, and held against it after. */
@Factory
final class PolicyBeans {
    @Singleton
    ActivationTable activationTable(Database database, Installation installation) {
        return new ActivationTable(database, installation.tenant());
    }

    @Singleton
    @Bean(typed = PolicyInForce.class)
    PolicyInForce policyInForce(ActivationTable activations) {
        PolicyInForce inForce = new PolicyInForce();
        activations.last().ifPresent(inForce::activate);
        return inForce;
    }

    /** What tests put in its place comes first. */
    @Singleton
    @Secondary
    @Bean(typed = Policy.class)
    Policy policy(PolicyInForce inForce) {
        return inForce;
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
    ApprovalTable approvalTable(Database database, Installation installation) {
        return new ApprovalTable(database, installation.tenant());
    }

    @Singleton
    Approvers approvers(Users users, OfficerKeys keys) {
        return new OfficersOfRecord(users, keys);
    }

    @Singleton
    DevicePolicy devicePolicy(
            Policy policy,
            ActivationTable activations,
            ApprovalTable approvals,
            Approvers approvers,
            Installation installation,
            InstantSource clock) {
        return new DevicePolicy(policy, activations, approvals, approvers, installation.origin(), clock);
    }

    @Singleton
    Approvals approvals(
            ApprovalTable table,
            ActivationTable activations,
            Approvers approvers,
            PolicyInForce inForce,
            PolicyTrail trail,
            Installation installation,
            InstantSource clock) {
        return new Approvals(table, activations, approvers, inForce, trail, installation.origin(), clock);
    }

    @Singleton
    Comments comments(
            Database database,
            Installation installation,
            Approvals approvals,
            PolicyRepository repository,
            Permissions permissions,
            PolicyTrail trail,
            InstantSource clock) {
        CommentTable table = new CommentTable(database, installation.tenant());
        return new Comments(table, approvals, repository, permissions, trail, clock);
    }

    @Singleton
    WholeProposal wholeProposal(
            Approvals approvals,
            Comments comments,
            ShadowReports shadows,
            PolicyRepository repository,
            InstantSource clock) {
        return new WholeProposal(approvals, comments, shadows, repository, clock);
    }

    @Context
    Activations activations(
            ActivationTable table,
            Proposals proposals,
            Approvals approvals,
            PolicyRepository repository,
            BundleCheck check,
            PolicyInForce inForce,
            PolicyTrail trail,
            SystemRecords records,
            Ledger ledger,
            LedgerReader reader,
            InstantSource clock) {
        Activations activations = new Activations(
                table,
                proposals,
                new ActivationCheck(approvals, repository, check, inForce, clock),
                repository,
                inForce,
                trail,
                records,
                ledger,
                reader,
                clock);
        activations.recover();
        return activations;
    }

    @Singleton
    PolicyHistory policyHistory(
            ActivationTable activations, ApprovalTable approvals, LedgerReader ledger, Policy policy) {
        return new StoredPolicyHistory(activations, approvals, ledger, policy);
    }

    @Singleton
    Reviews reviews(PolicyRepository repository, BundleCheck check, PolicyInForce inForce) {
        return new Reviews(repository, check, inForce);
    }

    @Context
    @Bean(preDestroy = "close")
    DecisionLog decisionLog(PolicyInForce inForce, SystemTrail trail, InstantSource clock) {
        DecisionLog log = new DecisionLog(inForce, trail, clock);
        log.start();
        return log;
    }

    @Context
    @Bean(preDestroy = "close")
    Drift drift(
            PolicyInForce inForce,
            ActivationTable table,
            Activations activations,
            PolicyRepository repository,
            Database database,
            Timeline timeline,
            LedgerReader ledger,
            PolicyTrail trail) {
        Drift drift = new Drift(inForce, table, activations, repository, database, timeline, ledger, trail);
        drift.start();
        return drift;
    }

    /** A token is no way around the rule of two: what comes with it is its maker's. */
    @Singleton
    Actors actors(ServiceTokens tokens) {
        return caller -> new Actor(
                caller.person()
                        .map(person -> person.id().value())
                        .or(() -> tokens.maker(caller.id()))
                        .orElse("token:" + caller.id()),
                caller.type(),
                caller.id());
    }
}
