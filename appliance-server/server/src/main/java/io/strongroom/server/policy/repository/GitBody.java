package io.strongroom.server.policy.repository;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.server.body.BodyCutException;
import io.strongroom.server.body.BodyEncoding;
import io.strongroom.server.body.DecodedBody;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one of git's requests. What is wrong with it is told as a problem: git's own code would take it for its. */
final class GitBody extends InputStream {
    private final InputStream body;

    private GitBody(InputStream body) {
        this.body = body;
    }

    /**
     * @param service git's name of what is asked for
     * @throws ProblemException if it is another kind of request
     */
    static InputStream of(HttpRequest<?> request, String service) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (!("application/x-" + service + "-request").equals(type)) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "This address takes what git sends.");
        }
        BodyEncoding encoding = BodyEncoding.of(request.getHeaders().get(HttpHeaders.CONTENT_ENCODING))
                .orElseThrow(
                        () -> new ProblemException(ProblemType.UNSUPPORTED_ENCODING, "Git sends gzip or no encoding."));
        return new GitBody(DecodedBody.of(request, encoding));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws ProblemException if it was cut, or is not in the encoding that it says it is */
    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            return body.read(target, offset, length);
        } catch (BodyCutException e) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "The body ended before its end.");
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNSUPPORTED_ENCODING, "The body does not decode.");
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
