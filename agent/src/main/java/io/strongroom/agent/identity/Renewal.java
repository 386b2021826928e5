package io.strongroom.agent.identity;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;

/**
 * Renews the certificate, with a new key, when the appliance advises it. The new key is on disk before it is asked about,
 * and its certificate before it counts; it counts, on disk, before it is used for the first time; and the old key goes only
 * once the appliance has answered to the new one. A kill between any two of these is gone on from by the next call.
 */
public final class Renewal {
    private static final String SELF = "/api/v1/device/self";

    private final IdentityStore store;
    private final Connection connection;
    private final Consumer<Json.Obj> told;

    /** @param told hears what the appliance says of this device, whenever it was asked */
    public Renewal(IdentityStore store, Connection connection, Consumer<Json.Obj> told) {
        this.store = store;
        this.connection = connection;
        this.told = told;
    }

    /** What came of a look. */
    public enum Outcome {
        NOT_YET,
        RENEWED,
        /** The appliance does not know the new certificate; the one before counts again. */
        TAKEN_BACK,
        /** The appliance does not answer to this certificate. */
        REFUSED
    }

    /**
     * Asks how the certificate stands, and renews it if it is time.
     *
     * @throws IOException if the appliance cannot be reached; the next call goes on
     */
    public Outcome look() throws IOException, InterruptedException {
        return look(false);
    }

    /**
     * Renews it whether it is time or not.
     *
     * @throws IOException if the appliance cannot be reached; the next call goes on
     */
    public Outcome now() throws IOException, InterruptedException {
        return look(true);
    }

    // By a command, too, and one after another: each goes on from what is on disk.
    private synchronized Outcome look(boolean atOnce) throws IOException, InterruptedException {
        HttpResponse<byte[]> self = self();
        Slot slot = store.slot();
        if (self.statusCode() == 401 && store.hasCertificate(slot.other())) {
            return takeBack(slot);
        }
        if (self.statusCode() != 200) {
            return Outcome.REFUSED;
        }
        // The appliance answered to this one: whatever was before it has served its time.
        if (store.hasCertificate(slot.other())) {
            store.clear(slot.other());
        }
        if (!isTime(self.body()) && !atOnce) {
            return Outcome.NOT_YET;
        }
        return renew(slot);
    }

    private HttpResponse<byte[]> self() throws IOException, InterruptedException {
        return connection.send(SELF, HttpRequest.newBuilder().GET());
    }

    private boolean isTime(byte[] body) throws IOException {
        try {
            Json.Obj self = Json.parseObject(body);
            told.accept(self);
            return Rfc3339.parse(self.text("serverTime")) >= Rfc3339.parse(self.text("renewAt"));
        } catch (JsonException | JsonShapeException | IllegalArgumentException e) {
            throw new IOException("the appliance's answer cannot be read", e);
        }
    }

    private Outcome renew(Slot slot) throws IOException, InterruptedException {
        Slot next = slot.other();
        KeyPair key = store.key(next);
        EstClient.Issued issued = connection.with((identity, client) -> {
            EstClient est = new EstClient(identity.url(), client);
            List<X509Certificate> authorities = est.authorities();
            EstClient.Issued answer = est.renew(key);
            if (!authorities.isEmpty()) {
                store.authorities(authorities);
            }
            return answer;
        });
        if (issued.certificate().isEmpty()) {
            return Outcome.NOT_YET;
        }
        store.certificate(next, issued.certificate().get());
        store.use(next, connection.identity().url());
        connection.replace(store.load().orElseThrow());
        HttpResponse<byte[]> proof = self();
        if (proof.statusCode() == 401) {
            return takeBack(next);
        }
        if (proof.statusCode() == 200) {
            store.clear(slot);
        }
        return Outcome.RENEWED;
    }

    /** The appliance never knew the certificate, so the one before it is as good as it was. */
    private Outcome takeBack(Slot refused) throws IOException {
        store.use(refused.other(), connection.identity().url());
        store.clear(refused);
        connection.replace(store.load().orElseThrow());
        return Outcome.TAKEN_BACK;
    }
}
