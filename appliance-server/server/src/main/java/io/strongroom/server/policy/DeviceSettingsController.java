package io.strongroom.server.policy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.strongroom.api.json.Json;
import io.strongroom.policies.AgentSettings;
import io.strongroom.policies.Policy;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.TenantNamed;

/** What the policy in force wants the agent of the device that asks to collect. */
@Controller("/api/v1/device/settings")
@AllowDevices
@TenantNamed(TenantNamed.Where.NOWHERE)
final class DeviceSettingsController {
    private final Policy policy;

    DeviceSettingsController(Policy policy) {
        this.policy = policy;
    }

    /** With the bundle that says so. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> settings(Caller caller) {
        AgentSettings said = policy.agentSettings(caller.device().orElseThrow().group());
        Json.Builder settings = Json.object();
        said.settings().forEach(settings::put);
        return HttpResponse.ok(Json.object()
                .put("bundle", PolicyJson.bundle(said.bundle()))
                .put("rule", said.rule().isEmpty() ? null : said.rule())
                .put("settings", settings.build())
                .build()
                .bytes());
    }
}
