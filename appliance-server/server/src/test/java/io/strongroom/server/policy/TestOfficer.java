package io.strongroom.server.policy;

import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.database.Database;
import io.strongroom.server.policy.repository.Actor;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.time.Duration;

/** An officer with an account and an enrolled key. */
record TestOfficer(PersonId id, String role, SigningKey key) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static TestOfficer enrol(ApplianceFixture appliance, String name, String role) {
        TestOfficer officer = new TestOfficer(new PersonId(name), role, newKey());
        appliance.appliance().context().getBean(Database.class).owner(connection -> {
            try (PreparedStatement user =
                            connection.prepareStatement("INSERT INTO access_user (tenant_id, id, shown_id,"
                                    + " name, roles, attributes, password, totp_secret, totp_generation, totp_step, made_by,"
                                    + " made_at) VALUES ('acme', ?, ?, ?, ?, '{}', 'none', ?, 1, 0, 'test', 1)");
                    PreparedStatement key = connection.prepareStatement("INSERT INTO access_officer_key (tenant_id, id,"
                            + " user_id, shown_id, public_key, enrolled_at) VALUES ('acme', ?, ?, ?, ?, 1)")) {
                user.setString(1, name);
                user.setString(2, name);
                user.setString(3, name);
                user.setString(4, role);
                user.setBytes(5, new byte[] {1});
                user.executeUpdate();
                key.setString(1, officer.key().verifyingKey().id().toString());
                key.setString(2, name);
                key.setString(3, name);
                key.setBytes(4, officer.key().verifyingKey().raw());
                return key.executeUpdate();
            }
        });
        return officer;
    }

    static SigningKey newKey() {
        return SigningKey.generate(SigningAlgorithm.ED25519, RANDOM);
    }

    Actor actor() {
        return new Actor(id.value(), "Officer", id.value());
    }

    Approval approval(PolicyChange change, Decision decision) {
        long now = System.currentTimeMillis();
        return new Approval(
                change, decision, id, role, now, now + Duration.ofDays(7).toMillis(), Approval.nonce(RANDOM));
    }

    byte[] approve(PolicyChange change) {
        return sign(approval(change, Decision.APPROVE));
    }

    byte[] reject(PolicyChange change) {
        return sign(approval(change, Decision.REJECT));
    }

    byte[] sign(Approval approval) {
        return SignedApproval.sign(approval, key).toJson();
    }
}
