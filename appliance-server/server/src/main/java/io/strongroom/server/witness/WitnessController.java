package io.strongroom.server.witness;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.WitnessOffer;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.NoteException;
import io.strongroom.evidence.note.NoteSignature;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.devices.DeviceWitnesses;
import io.strongroom.server.keys.LocalKeys;
import io.strongroom.server.keys.SigningKeys.PublishedKey;
import io.strongroom.server.ledger.FullCheckpoints;
import io.strongroom.server.ledger.StoredCheckpoint;
import io.strongroom.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Shows a device the log, and takes what it cosigned. Nothing of it is recorded: that would grow the log that is witnessed. */
@Controller("/api/v1/device/log")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowDevices
@TenantNamed(TenantNamed.Where.NOWHERE)
final class WitnessController {
    private final LocalKeys keys;
    private final FullCheckpoints checkpoints;
    private final DeviceWitnesses witnesses;
    private final CosignatureTable table;

    WitnessController(LocalKeys keys, FullCheckpoints checkpoints, DeviceWitnesses witnesses, CosignatureTable table) {
        this.keys = keys;
        this.checkpoints = checkpoints;
        this.witnesses = witnesses;
        this.table = table;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> offer() {
        // Before the keys: a checkpoint under a key that is announced meanwhile would look like a forged one.
        String checkpoint = checkpoints
                .newest()
                .map(newest -> new String(newest.note(), StandardCharsets.UTF_8))
                .orElse(null);
        List<String> vkeys = keys.published().stream()
                .map(PublishedKey::vkey)
                .flatMap(vkey -> Optional.ofNullable(vkey).stream())
                .filter(vkey -> VerifierKey.parse(vkey).type() == KeyType.ED25519)
                .toList();
        WitnessOffer offer = new WitnessOffer(
                keys.origin().value(),
                vkeys,
                keys.changes().stream().map(SignedNote::render).toList(),
                checkpoint);
        return HttpResponse.ok(offer.toJson().bytes());
    }

    /** A checkpoint with the device's cosignature alone. */
    @Post("/cosignatures")
    @Consumes(MediaType.TEXT_PLAIN)
    HttpResponse<?> cosigned(Caller caller, @Body byte[] body) {
        VerifierKey key = witnesses
                .key(caller.id())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.DEVICE_CONFLICT,
                        "The device has no witness key: bind it by PUT /api/v1/device/witness-key."));
        try {
            SignedNote note = SignedNote.parse(body);
            Checkpoint checkpoint = Checkpoint.parseText(note.text());
            StoredCheckpoint ours = checkpoints
                    .find(checkpoint.size())
                    .filter(found -> SignedNote.parse(found.note()).text().equals(note.text()))
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.NOT_FOUND, "The log has no such checkpoint that every key signed."));
            if (note.verifiedBy(List.of(key)).isEmpty()) {
                throw new NoteException("the note has no signature of " + key.vkey());
            }
            NoteSignature signature =
                    note.signatures().stream().filter(key::made).findFirst().orElseThrow();
            table.keep(ours.size(), caller.id(), signature.bytes());
            return HttpResponse.noContent();
        } catch (NoteException e) {
            throw new ProblemException(ProblemType.SCHEMA, "This is no cosigned checkpoint: " + e.getMessage() + ".");
        }
    }
}
