package io.strongroom.server.access;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.SetupAnswer;
import io.strongroom.api.SetupRequest;
import io.strongroom.server.problem.JsonBody;
import java.util.Set;

/** {@code POST /api/v1/setup}: the setup code becomes the bootstrap administrator. */
@Controller("/api/v1/setup")
@ExecuteOn(TaskExecutors.BLOCKING)
@AllowAnyone
final class SetupController {
    private static final String ROLE = "Security.Admin";

    private final Setup setup;

    SetupController(Setup setup) {
        this.setup = setup;
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> setUp(@Body byte[] body) {
        SetupRequest request = JsonBody.read(body, Set.of("code", "name"), SetupRequest::fromJson);
        TokenRules.requireName(request.name());
        ServiceTokens.Made made = setup.administrator(request.code(), request.name());
        SetupAnswer answer = new SetupAnswer(made.text().text(), made.stored().name(), ROLE);
        return HttpResponse.status(HttpStatus.CREATED).body(answer.toJson().bytes());
    }
}
