package io.strongroom.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a whole appliance. */
class OpsTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    @TempDir
    static Path folder;

    private static ApplianceFixture appliance;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    @Test
    void healthIsToldWithoutAToken() {
        assertThat(appliance.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(appliance.get("/health/startup").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = appliance.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void metricsNeedATokenAndCountRequests() {
        assertThat(appliance.get("/metrics").statusCode()).isEqualTo(401);
        HttpResponse<String> metrics =
                appliance.get("/metrics", "Authorization", "Bearer " + appliance.token(Set.of(Scope.READ)));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("# TYPE", "strongroom_");
    }

    @Test
    void theDescriptionHasEveryRouteAndNoOther() {
        HttpResponse<String> answer = appliance.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        Json.Obj description = Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(description.text("openapi")).startsWith("3.1");
        Set<String> described = new TreeSet<>();
        Json.Obj paths = description.object("paths");
        paths.members().forEach((path, operations) -> ((Json.Obj) operations)
                .members().keySet().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> described.add(method + " " + template(path))));
        Set<String> served = new TreeSet<>();
        appliance
                .appliance()
                .context()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> METHODS.contains(route.getHttpMethodName().toLowerCase(Locale.ROOT)))
                .forEach(route -> served.add(route.getHttpMethodName().toLowerCase(Locale.ROOT) + " "
                        + template(route.getUriMatchTemplate().toString())));
        assertThat(described).isEqualTo(served);
    }

    /** Without the names of its variables, which are nobody's business but the controller's. */
    private static String template(String path) {
        return path.replaceAll("\\{[^}]*}", "{}").replaceAll("(?<=.)/$", "");
    }
}
