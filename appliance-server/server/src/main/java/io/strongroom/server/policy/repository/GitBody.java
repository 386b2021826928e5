package io.strongroom.server.policy.repository;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.server.gateway.RequestBody;
import io.strongroom.server.problem.ProblemException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

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
        try {
            return new GitBody(transport, new GZIPInputStream(transport));
        } catch (ZipException | EOFException e) {
            throw undecodable();
        }
    }

    private static ProblemException undecodable() {
        return new ProblemException(ProblemType.UNSUPPORTED_ENCODING, "The body does not decode.");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws ProblemException if it is not the gzip that it says it is */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (ZipException | EOFException e) {
            throw undecodable();
        }
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
