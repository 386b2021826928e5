package io.strongroom.server.ops;

import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The API's description: written by hand as YAML, beside the code, and held to the routes by a test. Made into JSON when
 * it is first asked for.
 */
@Singleton
final class OpenApi {
    private static final String RESOURCE = "/openapi.yaml";

    // Guarded by this; empty until somebody asks.
    private byte[] json = new byte[0];

    /** The description as JSON. */
    synchronized byte[] json() {
        if (json.length == 0) {
            json = withProblemCodes(read()).bytes();
        }
        return json;
    }

    private static Json.Obj read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program has no " + RESOURCE);
            }
            return (Json.Obj) json(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    /** The codes stand in the enum alone; the schema takes them from there. */
    private static Json.Obj withProblemCodes(Json.Obj document) {
        Json.Obj components = document.object("components");
        Json.Obj schemas = components.object("schemas");
        Json.Obj code = Json.object()
                .put("type", "string")
                .putTexts(
                        "enum",
                        Arrays.stream(ProblemType.values())
                                .map(ProblemType::code)
                                .toList())
                .build();
        Json.Obj all = Json.object().putAll(schemas).put("ProblemCode", code).build();
        return Json.object()
                .putAll(document)
                .put(
                        "components",
                        Json.object().putAll(components).put("schemas", all).build())
                .build();
    }

    private static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> throw new IllegalStateException(RESOURCE + " has an empty value");
            case Map<?, ?> map -> {
                Json.Builder object = Json.object();
                map.forEach((name, member) -> object.put(String.valueOf(name), json(member)));
                yield object.build();
            }
            case List<?> list -> {
                List<Json> items = new ArrayList<>();
                list.forEach(item -> items.add(json(item)));
                yield new Json.Arr(items);
            }
            case Boolean flag -> Json.of(flag);
            case Integer number -> Json.of(number.longValue());
            case Long number -> Json.of(number);
            case Double number -> Json.parse(BigDecimal.valueOf(number).toString());
            case String text -> Json.of(text);
            default -> throw new IllegalStateException(RESOURCE + " has a value of " + value.getClass());
        };
    }
}
