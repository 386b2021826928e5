package io.strongroom.server.ingest;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.strongroom.server.access.AllowAnyone;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON Schemas of records, received and stored, under {@code /schemas}. They say what {@link RecordForm} checks. */
@Controller("/schemas")
@AllowAnyone
public final class SchemasController {
    private static final MediaType SCHEMA = MediaType.of("application/schema+json");

    private final byte[] received = load("record-v1.json");
    private final byte[] stored = load("stored-record-v1.json");

    @Get("/record-v1.json")
    public HttpResponse<byte[]> received() {
        return HttpResponse.ok(received).contentType(SCHEMA);
    }

    @Get("/stored-record-v1.json")
    public HttpResponse<byte[]> stored() {
        return HttpResponse.ok(stored).contentType(SCHEMA);
    }

    private static byte[] load(String name) {
        try (InputStream in = SchemasController.class.getResourceAsStream("/schemas/" + name)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks its schema " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema " + name, e);
        }
    }
}
