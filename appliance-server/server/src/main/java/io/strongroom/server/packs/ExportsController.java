package io.strongroom.server.packs;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ExportStatus;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.spool.ByteRange;
import java.util.Optional;

/** Evidence packs over HTTP: ask, look, fetch, cancel. */
@Controller("/api/v1/exports")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.EXPORT)
@AllowPeople
final class ExportsController {
    private static final MediaType ZIP = MediaType.of("application/zip");

    private final Exports exports;

    ExportsController(Exports exports) {
        this.exports = exports;
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> request(Caller caller, @Body byte[] body) {
        ExportStatus status = exports.request(caller, ExportDocument.read(body));
        return HttpResponse.status(HttpStatus.ACCEPTED)
                .header("Location", "/api/v1/exports/" + status.id())
                .body(status.toJson().bytes());
    }

    @Get("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> status(Caller caller, @PathVariable String id) {
        return HttpResponse.ok(exports.status(caller, id).toJson().bytes());
    }

    @Delete("/{id}")
    HttpResponse<?> cancel(Caller caller, @PathVariable String id) {
        exports.cancel(caller, id);
        return HttpResponse.noContent();
    }

    /** The pack, or the piece of it that {@code Range} names, so that a download that broke off goes on. */
    @Get("/{id}/content")
    @Produces(MediaType.ALL)
    HttpResponse<StreamedFile> content(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        ReadyPack content = exports.content(caller, id);
        Optional<ByteRange> piece = ByteRange.of(
                request.getHeaders().get("Range"),
                request.getHeaders().get("If-Range"),
                content.entityTag(),
                content.size());
        ByteRange given = piece.orElse(new ByteRange(0, content.size()));
        StreamedFile file = new StreamedFile(
                content.fetch(given.from(), given.to()), ZIP, content.madeAt(), given.to() - given.from());
        MutableHttpResponse<StreamedFile> response = HttpResponse.<StreamedFile>status(
                        piece.isPresent() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"" + content.fileName() + "\"")
                .header("ETag", content.entityTag())
                .body(file);
        piece.ifPresent(range -> response.header("Content-Range", range.header(content.size())));
        return response;
    }
}
