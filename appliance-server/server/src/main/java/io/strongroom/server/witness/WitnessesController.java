package io.strongroom.server.witness;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.devices.DeviceWitnesses;

/** The devices that cosign, as lines of a trust file (formats §7): whoever verifies decides whom to name in a quorum. */
@Controller("/api/v1/ledger/witnesses")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow
@TenantNamed(TenantNamed.Where.NOWHERE)
final class WitnessesController {
    private final DeviceWitnesses witnesses;

    WitnessesController(DeviceWitnesses witnesses) {
        this.witnesses = witnesses;
    }

    @Get
    @Produces(MediaType.TEXT_PLAIN)
    HttpResponse<String> list() {
        StringBuilder lines = new StringBuilder();
        for (VerifierKey key : witnesses.all()) {
            lines.append("witness ")
                    .append(key.name())
                    .append(' ')
                    .append(key.vkey())
                    .append('\n');
            lines.append("fleet ").append(key.name()).append('\n');
        }
        return HttpResponse.ok(lines.toString());
    }
}
