package io.strongroom.server.policy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.TenantNamed;
import org.jspecify.annotations.Nullable;

/** What the policy in force wants the agent of the device that asks to collect. */
@Controller("/api/v1/device/settings")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowDevices
@TenantNamed(TenantNamed.Where.NOWHERE)
final class DeviceSettingsController {
    private final DevicePolicy policy;

    DeviceSettingsController(DevicePolicy policy) {
        this.policy = policy;
    }

    /** With the bundle that says so, and what shows that officers approved it. */
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> settings(Caller caller, @QueryValue @Nullable Long after) {
        return HttpResponse.ok(
                policy.to(caller.device().orElseThrow().group(), after).toJson().bytes());
    }
}
