package io.strongroom.agent.witness;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.Refusals;
import io.strongroom.api.WitnessOffer;
import io.strongroom.api.WitnessPossession;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.tree.ConsistencyProof;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;

/** The log, over the connection with the device's certificate. */
public final class HttpsLog implements WatchedLog {
    private final Connection connection;

    public HttpsLog(Connection connection) {
        this.connection = connection;
    }

    private byte[] ask(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = connection.send(path, request);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(Refusals.read(answer.body())
                    .map(problem -> problem.title() + ": " + problem.detail())
                    .orElse("the appliance, or something before it, answered " + answer.statusCode()));
        }
        return answer.body();
    }

    @Override
    public WitnessOffer offer() throws IOException, InterruptedException {
        try {
            return WitnessOffer.fromJson(Json.parseObject(
                    ask("/api/v1/device/log", HttpRequest.newBuilder().GET())));
        } catch (JsonException | JsonShapeException e) {
            throw new IOException("the appliance's answer cannot be read", e);
        }
    }

    @Override
    public ConsistencyProof consistency(long from, long to) throws IOException, InterruptedException {
        byte[] answer = ask(
                "/api/v1/ledger/consistency?from=" + from + "&to=" + to,
                HttpRequest.newBuilder().GET());
        try {
            List<Digest> path = Json.parseObject(answer).texts("hashes").stream()
                    .map(text -> Digest.ofBytes(Base64.getDecoder().decode(text)))
                    .toList();
            return new ConsistencyProof(from, to, path);
        } catch (JsonException | JsonShapeException e) {
            throw new IOException("the appliance's answer cannot be read", e);
        }
    }

    @Override
    public void bind(String origin, SigningKey key) throws IOException, InterruptedException {
        WitnessPossession statement =
                new WitnessPossession(origin, connection.identity().device().value());
        Json.Obj body = Json.object()
                .put(
                        "publicKey",
                        Base64.getEncoder().encodeToString(key.verifyingKey().spki()))
                .put("signature", Base64.getEncoder().encodeToString(statement.sign(key)))
                .build();
        byte[] unused = ask(
                "/api/v1/device/witness-key",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body.bytes())));
    }

    @Override
    public void post(SignedNote cosigned) throws IOException, InterruptedException {
        byte[] unused = ask(
                "/api/v1/device/log/cosignatures",
                HttpRequest.newBuilder()
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(cosigned.bytes())));
    }
}
