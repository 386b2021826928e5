package io.strongroom.server.policy.repository;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.server.gateway.RequestBody;
import io.strongroom.server.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The body of one of git's requests, decoded as it is read. Closing it reads what is left past, undecoded, so that git
 * reads the answer instead of failing to write; the server's limit for bodies bounds what that can be.
 */
final class GitBody extends FilterInputStream {
    private static final int DRAIN_BYTES = 16 << 10;

    private final InputStream transport;

    private GitBody(InputStream transport, InputStream decoded) {
        super(decoded);
        this.transport = transport;
    }

    /**
     * @param service git's name of what is asked for
     * @throws ProblemException if it is another kind of request
     */
    static InputStream of(HttpRequest<?> request, String service) throws IOException {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (!("application/x-" + service + "-request").equals(type)) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "This address takes what git sends.");
        }
        InputStream transport = RequestBody.of(request);
        String encoding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.equals("identity")) {
            return new GitBody(transport, transport);
        }
        if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_ENCODING, "Git sends gzip or no encoding.");
        }
        return new GitBody(transport, new GZIPInputStream(transport));
    }

    @Override
    public void close() throws IOException {
        byte[] nowhere = new byte[DRAIN_BYTES];
        try {
            while (transport.read(nowhere, 0, DRAIN_BYTES) >= 0) {
                // On to its end.
            }
        } finally {
            in.close();
        }
    }
}
