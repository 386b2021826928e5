package io.strongroom.server.body;

import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body, decoded as it is read. Closing it reads what is left of it past, undecoded: a body that is given up
 * half-way would reset an HTTP/2 stream with its answer, or keep the flow-control window of the whole connection. The
 * server's limit for bodies bounds what that can be.
 */
public final class DecodedBody extends InputStream {
    private static final int DRAIN_BYTES = 16 * 1024;

    private final TransportStream transport;
    private final BodyEncoding encoding;
    private final byte[] one = new byte[1];

    /** The transport itself until the first read: the head of an encoded body may be damaged, and reading tells. */
    private InputStream decoded;

    /** The body of a request. To be taken once. */
    public static DecodedBody of(HttpRequest<?> request, BodyEncoding encoding) {
        return new DecodedBody(RequestBody.of(request), encoding);
    }

    private DecodedBody(InputStream body, BodyEncoding encoding) {
        this.transport = new TransportStream(body);
        this.encoding = encoding;
        this.decoded = transport;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (decoded == transport && encoding != BodyEncoding.NONE) {
            decoded = encoding.decode(transport);
        }
        return decoded.read(target, offset, length);
    }

    /** Never fails for what is left: nobody reads it. */
    @Override
    public void close() throws IOException {
        byte[] nowhere = new byte[DRAIN_BYTES];
        try {
            while (transport.read(nowhere, 0, DRAIN_BYTES) >= 0) {
                // On to its end.
            }
        } catch (BodyCutException e) {
            // Then there is nothing left.
        } finally {
            decoded.close();
        }
    }
}
