package io.strongroom.installer;

import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.StrongroomClient;
import java.net.URI;
import java.time.Duration;

/** Codes for devices that enrol, in the group that every appliance has. */
public final class EnrolmentCodes {
    private static final Duration LIFE = Duration.ofHours(1);

    private EnrolmentCodes() {}

    /**
     * Has the appliance make a code.
     *
     * @param url the appliance's address for people
     * @param token the bootstrap administrator's
     * @param label what an officer reads beside the device
     * @throws LaunchException if it makes none
     */
    public static String make(URI url, ApplianceTrust trust, String tenant, String token, String label) {
        try (StrongroomClient client = StrongroomClient.at(url)
                .trust(trust)
                .tenant(tenant)
                .token(token)
                .build()) {
            String code = client.devices().token(label, "default", LIFE).code();
            if (code == null) {
                throw new LaunchException("the appliance made an enrolment code and did not tell it");
            }
            return code;
        }
    }
}
