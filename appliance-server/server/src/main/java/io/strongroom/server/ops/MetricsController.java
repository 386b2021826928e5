package io.strongroom.server.ops;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowAnyone;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Scope;
import io.strongroom.server.access.TenantNamed;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import jakarta.inject.Singleton;
import java.util.Collection;

/**
 * {@code GET /metrics} in Prometheus' text format. How much an appliance takes in says something about its owner, so a
 * token with the scope READ or ADMIN is needed, unless the setting {@code metrics.open} says otherwise.
 */
@Controller("/metrics")
@Requires(property = MetricsController.OPEN, notEquals = "true")
@Allow({Scope.READ, Scope.ADMIN})
@AllowPeople("system.read")
@TenantNamed(TenantNamed.Where.NOWHERE)
final class MetricsController {
    /** The framework's property that the setting becomes. */
    static final String OPEN = "strongroom.metrics.open";

    private final Scrape scrape;

    MetricsController(Scrape scrape) {
        this.scrape = scrape;
    }

    @Get
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> metrics() {
        return scrape.answer();
    }

    /** The same for anyone. */
    @Controller("/metrics")
    @Requires(property = OPEN, value = "true")
    @AllowAnyone
    static final class Open {
        private final Scrape scrape;

        Open(Scrape scrape) {
            this.scrape = scrape;
        }

        @Get
        @ExecuteOn(TaskExecutors.BLOCKING)
        HttpResponse<byte[]> metrics() {
            return scrape.answer();
        }
    }

    /** Asks every slice. */
    @Singleton
    static final class Scrape {
        private final Collection<MeterSource> sources;

        Scrape(Collection<MeterSource> sources) {
            this.sources = sources;
        }

        HttpResponse<byte[]> answer() {
            Meters meters = new Meters();
            sources.forEach(source -> source.describe(meters));
            return HttpResponse.ok(meters.text()).contentType(MediaType.of(Meters.contentType()));
        }
    }
}
