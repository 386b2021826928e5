package io.strongroom.server.gateway;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.strongroom.server.access.Caller;
import jakarta.inject.Singleton;

/** Gives a controller's method the {@link Caller} that the gateway found. */
@Singleton
final class CallerParameter implements TypedRequestArgumentBinder<Caller> {
    private static final Argument<Caller> TYPE = Argument.of(Caller.class);

    @Override
    public Argument<Caller> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> source) {
        return () -> RequestFacts.caller(source);
    }
}
