package io.strongroom.server.devices;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.problem.JsonBody;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a device asks and says about itself. */
@Controller("/api/v1/device")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowDevices
@TenantNamed(TenantNamed.Where.NOWHERE)
final class DeviceController {
    private final DeviceRegistry registry;
    private final WitnessKeys witnesses;
    private final MqttDoor mqtt;
    private final InstantSource clock;

    DeviceController(DeviceRegistry registry, WitnessKeys witnesses, MqttDoor mqtt, InstantSource clock) {
        this.registry = registry;
        this.witnesses = witnesses;
        this.mqtt = mqtt;
        this.clock = clock;
    }

    /** Who it is, and when it had best renew its certificate. */
    @Get("/self")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> self(Caller caller) {
        DeviceIdentity device = caller.device().orElseThrow();
        DeviceRow row = registry.device(device.id());
        byte @Nullable [] witness = row == null ? null : row.witnessKey();
        Json.Builder self = Json.object();
        mqtt.port().ifPresent(port -> self.put("mqttPort", port));
        return HttpResponse.ok(self.put("device", device.id())
                .put("group", device.group())
                .put("generation", device.generation())
                .put("until", Rfc3339.format(device.until()))
                .put("renewAt", Rfc3339.format(device.renewAt()))
                .put("witnessKey", witness == null ? null : Digest.of(witness).toString())
                .put(
                        "authorities",
                        Json.ofTexts(registry.trusted().stream()
                                .map(authority -> authority.fingerprint().toString())
                                .toList()))
                .put("serverTime", Rfc3339.format(clock.millis()))
                .build()
                .bytes());
    }

    /** Binds the key by which the device cosigns checkpoints. */
    @Put("/witness-key")
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> bind(Caller caller, @Body byte[] body) {
        WitnessKeys.Shown shown = JsonBody.read(body, WitnessKeys.Shown.MEMBERS, WitnessKeys.Shown::fromJson);
        witnesses.bind(caller, shown);
        return HttpResponse.noContent();
    }
}
