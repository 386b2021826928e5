package io.strongroom.server.gateway;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.strongroom.api.ProblemType;
import io.strongroom.server.access.AllowAnyone;
import io.strongroom.server.access.AllowDevices;
import io.strongroom.server.problem.ProblemException;

/** The page behind each problem's {@code type}: what it means, and what to do. */
@Controller("/problems")
@AllowAnyone
@AllowDevices(unenrolled = true)
final class ProblemPages {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<String> all() {
        StringBuilder rows = new StringBuilder();
        for (ProblemType type : ProblemType.values()) {
            rows.append("<tr><td>")
                    .append(type.status())
                    .append("</td><td><a href=\"")
                    .append(type.type())
                    .append("\">")
                    .append(type.code())
                    .append("</a></td><td>")
                    .append(escape(type.title()))
                    .append("</td></tr>\n");
        }
        return page("Problems", "<h1>Problems</h1>\n<table>\n" + rows + "</table>\n");
    }

    @Get("/{code}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<String> one(@PathVariable String code) {
        ProblemType type = ProblemType.ofCode(code)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "There is no problem of this code here."));
        String again = type.passes()
                ? "<p>The same request can succeed later without a change.</p>\n"
                : "<p>The same request will fail again until something is changed.</p>\n";
        return page(
                type.code(),
                "<p><a href=\"/problems\">Problems</a></p>\n<h1>" + escape(type.title()) + "</h1>\n<p>Code <code>"
                        + type.code() + "</code>, HTTP status " + type.status() + ".</p>\n<h2>What to do</h2>\n<p>"
                        + escape(type.action()) + "</p>\n" + again);
    }

    private static HttpResponse<String> page(String title, String body) {
        String html = "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + escape(title)
                + " – Strongroom</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n"
                + "<style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
                + "td{padding:.2rem .8rem .2rem 0}</style></head>\n<body>\n" + body + "</body>\n</html>\n";
        return HttpResponse.ok(html).header("Content-Security-Policy", POLICY).header("Cache-Control", "max-age=3600");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
