package io.strongroom.api.client;

import io.strongroom.api.QuarantinedDocument;
import java.util.List;

/** Documents that were not appended. Needs the operation {@code quarantine.read}; each look at one is itself recorded. */
public final class Quarantine {
    private static final String PATH = "/api/v1/quarantine";

    private final Transport transport;

    Quarantine(Transport transport) {
        this.transport = transport;
    }

    /** The newest. */
    public List<QuarantinedDocument> newest() {
        return transport.getJson(PATH).objects("items", QuarantinedDocument::fromJson);
    }

    /** One as it came, which may be no JSON at all. */
    public byte[] document(String id) {
        return transport.getBytes(PATH + "/" + Paths.segment(id));
    }
}
