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
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import java.util.Set;

/** The people of this appliance, for those who may manage them. */
@Controller("/api/v1/users")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
final class UsersController {
    private static final String READ = "users.read";
    private static final String MANAGE = "users.manage";

    private final Users users;
    private final Invitations invitations;
    private final Accounts accounts;
    private final OfficerKeys keys;
    private final KeyEnrolment enrolment;

    UsersController(Users users, Invitations invitations, Accounts accounts, OfficerKeys keys, KeyEnrolment enrolment) {
        this.users = users;
        this.invitations = invitations;
        this.accounts = accounts;
        this.keys = keys;
        this.enrolment = enrolment;
    }

    @Get
    @AllowPeople(READ)
    @Allow(Scope.ADMIN)
    HttpResponse<byte[]> list() {
        return HttpResponse.ok(
                PeopleWire.items(users.all(), user -> PeopleWire.account(user).toJson()));
    }

    @Post("/invitations")
    @AllowPeople(value = MANAGE, stepUp = true)
    @Allow(Scope.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> invite(Caller caller, @Body byte[] body) {
        InvitationRequest request =
                JsonBody.read(body, Set.of("officer", "name", "roles", "attributes"), InvitationRequest::fromJson);
        Invitations.Made made = invitations.invite(caller, request);
        return HttpResponse.status(HttpStatus.CREATED)
                .body(PeopleWire.invitation(made.stored(), made.code().text())
                        .toJson()
                        .bytes());
    }

    @Get("/invitations")
    @AllowPeople(READ)
    @Allow(Scope.ADMIN)
    HttpResponse<byte[]> invitations() {
        return HttpResponse.ok(PeopleWire.items(invitations.waiting(), stored -> PeopleWire.invitation(stored, null)
                .toJson()));
    }

    @Delete("/invitations/{id}")
    @AllowPeople(value = MANAGE, stepUp = true)
    HttpResponse<?> withdraw(Caller caller, @PathVariable String id) {
        if (!invitations.withdraw(caller, id)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "No invitation of this id waits.");
        }
        return HttpResponse.noContent();
    }

    @Post("/{officer}/roles")
    @AllowPeople(value = MANAGE, stepUp = true)
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> setRoles(Caller caller, @PathVariable String officer, @Body byte[] body) {
        Set<Role> roles = JsonBody.read(body, Set.of("roles"), Role::of);
        return account(accounts.setRoles(caller, officer(officer), roles));
    }

    @Post("/{officer}/disable")
    @AllowPeople(value = MANAGE, stepUp = true)
    @Consumes(MediaType.ALL)
    HttpResponse<byte[]> disable(Caller caller, @PathVariable String officer) {
        return account(accounts.disable(caller, officer(officer)));
    }

    @Get("/{officer}/keys")
    @AllowPeople(READ)
    @Allow(Scope.ADMIN)
    HttpResponse<byte[]> keys(@PathVariable String officer) {
        return HttpResponse.ok(PeopleWire.items(
                keys.of(officer(officer)), key -> PeopleWire.key(key).toJson()));
    }

    @Delete("/{officer}/keys/{keyId}")
    @AllowPeople(value = MANAGE, stepUp = true)
    HttpResponse<?> revoke(Caller caller, @PathVariable String officer, @PathVariable String keyId) {
        enrolment.revoke(caller, officer(officer), KeyDocument.id(keyId));
        return HttpResponse.noContent();
    }

    private static HttpResponse<byte[]> account(User user) {
        return HttpResponse.ok(PeopleWire.account(user).toJson().bytes());
    }

    private static PersonId officer(String text) {
        return PeopleRules.officer(text)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "Nobody can have this id."));
    }
}
