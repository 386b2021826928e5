package io.strongroom.server.access;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.Acceptance;
import io.strongroom.api.KeyPossession;
import io.strongroom.api.json.Json;
import io.strongroom.server.problem.JsonBody;
import java.util.List;
import java.util.Set;

/** A person's own account: accepting the invitation, the password, the authenticator, the keys. */
@Controller("/api/v1/auth")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class OwnAccountController {
    private final Invitations invitations;
    private final OwnAccount account;
    private final OfficerKeys keys;
    private final KeyEnrolment enrolment;

    OwnAccountController(Invitations invitations, OwnAccount account, OfficerKeys keys, KeyEnrolment enrolment) {
        this.invitations = invitations;
        this.account = account;
        this.keys = keys;
        this.enrolment = enrolment;
    }

    @Post("/invitations/open")
    @AllowAnyone
    HttpResponse<byte[]> open(@Body byte[] body) {
        String code = JsonBody.read(body, Set.of("invitation"), json -> json.text("invitation"));
        return HttpResponse.ok(invitations.open(code).toJson().bytes());
    }

    @Post("/invitations/accept")
    @AllowAnyone
    HttpResponse<byte[]> accept(@Body byte[] body) {
        Acceptance acceptance = JsonBody.read(body, Set.of("invitation", "password", "code"), Acceptance::fromJson);
        return recoveryCodes(invitations.accept(acceptance));
    }

    @Post("/password")
    @AllowPeople(stepUp = true)
    HttpResponse<byte[]> changePassword(Caller caller, @Body byte[] body) {
        Json.Obj asked = JsonBody.read(body, Set.of("current", "new"), json -> {
            String unused = json.text("current") + json.text("new");
            return json;
        });
        account.changePassword(caller, asked.text("current"), asked.text("new"));
        return HttpResponse.ok(Json.Obj.EMPTY.bytes());
    }

    @Post("/authenticator")
    @AllowPeople
    HttpResponse<byte[]> newAuthenticator(Caller caller) {
        return HttpResponse.ok(account.newAuthenticator(caller).toJson().bytes());
    }

    @Post("/authenticator/confirm")
    @AllowPeople
    HttpResponse<byte[]> confirmAuthenticator(Caller caller, @Body byte[] body) {
        String code = JsonBody.read(body, Set.of("code"), json -> json.text("code"));
        return recoveryCodes(account.confirmAuthenticator(caller, code));
    }

    private static HttpResponse<byte[]> recoveryCodes(List<String> codes) {
        return HttpResponse.status(HttpStatus.CREATED)
                .body(Json.object()
                        .put("recoveryCodes", Json.ofTexts(codes))
                        .build()
                        .bytes());
    }

    @Get("/keys")
    @AllowPeople
    HttpResponse<byte[]> keys(Caller caller) {
        return HttpResponse.ok(
                PeopleWire.items(keys.of(caller.person().orElseThrow().id()), key -> PeopleWire.key(key)
                        .toJson()));
    }

    @Post("/keys/challenge")
    @AllowPeople(stepUp = true)
    HttpResponse<byte[]> challenge(Caller caller) {
        KeyPossession possession = enrolment.challenge(caller);
        return HttpResponse.ok(Json.object()
                .put("origin", possession.origin())
                .put("officer", possession.officer())
                .put("challenge", possession.challenge())
                .build()
                .bytes());
    }

    @Post("/keys")
    @AllowPeople(stepUp = true)
    HttpResponse<byte[]> enrol(Caller caller, @Body byte[] body) {
        KeyDocument document = JsonBody.read(body, Set.of("publicKey", "signature"), KeyDocument::fromJson);
        OfficerKey key = enrolment.enrol(caller, document.key(), document.signature());
        return HttpResponse.status(HttpStatus.CREATED)
                .body(PeopleWire.key(key).toJson().bytes());
    }

    @Delete("/keys/{keyId}")
    @AllowPeople(stepUp = true)
    @Consumes(MediaType.ALL)
    HttpResponse<?> revoke(Caller caller, @PathVariable String keyId) {
        enrolment.revoke(caller, caller.person().orElseThrow().id(), KeyDocument.id(keyId));
        return HttpResponse.noContent();
    }
}
