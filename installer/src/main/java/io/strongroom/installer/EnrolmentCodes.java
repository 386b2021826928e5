package io.strongroom.installer;

import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Codes for devices that enrol, in the group that every appliance has. */
public final class EnrolmentCodes {
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
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(trust.context()).build()) {
            HttpResponse<byte[]> made = http.send(
                    HttpRequest.newBuilder(url.resolve("/api/v1/devices/tokens"))
                            .header("Authorization", "Bearer " + token)
                            .header("X-Tenant-Id", tenant)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(Json.object()
                                    .put("group", "default")
                                    .put("label", label)
                                    .build()
                                    .toString()))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (made.statusCode() / 100 != 2) {
                throw new LaunchException("the appliance made no enrolment code: it answered " + made.statusCode());
            }
            return Json.parseObject(made.body()).text("code");
        } catch (IOException e) {
            throw new LaunchException("the appliance made no enrolment code: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }
}
