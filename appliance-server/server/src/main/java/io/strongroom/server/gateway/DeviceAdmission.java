package io.strongroom.server.gateway;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentities;
import io.strongroom.server.access.DeviceIdentity;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Lets a device in that shows another certificate than its current one, or locks it out: either is written down first, so
 * the request waits, on another thread than that of its connection.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class DeviceAdmission implements Ordered {
    private final DeviceIdentities devices;
    private final ServerProblems problems;
    private final ExecutorService blocking;

    DeviceAdmission(
            DeviceIdentities devices,
            ServerProblems problems,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.devices = devices;
        this.problems = problems;
        this.blocking = blocking;
    }

    @Override
    public int getOrder() {
        return Farewell.ORDER + 2;
    }

    @RequestFilter
    @Nullable
    CompletableFuture<Optional<HttpResponse<?>>> admit(HttpRequest<?> request) {
        Optional<Caller> caller = RequestFacts.caller(request);
        DeviceIdentity device = caller.flatMap(Caller::device).orElse(null);
        if (device == null || device.use() == DeviceIdentity.Use.CURRENT) {
            return null;
        }
        return CompletableFuture.supplyAsync(() -> admit(request, caller.get(), device), blocking);
    }

    private Optional<HttpResponse<?>> admit(HttpRequest<?> request, Caller caller, DeviceIdentity device) {
        try {
            RequestFacts.caller(request, new Caller(devices.admit(device), caller.tenantId()));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(problems.handle(request, e));
        }
    }
}
