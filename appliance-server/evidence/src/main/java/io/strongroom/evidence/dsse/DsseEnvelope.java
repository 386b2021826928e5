package io.strongroom.evidence.dsse;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.key.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DSSE envelope (secure-systems-lab/dsse, protocol v1): a payload with its type, signed in the encoding that
 * {@link #pae} gives. The key id of a signature is the SHA-256 of its key's SubjectPublicKeyInfo as text; it is a hint
 * that nothing relies on.
 */
public record DsseEnvelope(String payloadType, byte[] payload, List<Signature> signatures) {
    private static final int MAX_SIGNATURES = 32;

    /**
     * One signature.
     *
     * @param keyId names the key, null where the envelope does not say
     */
    public record Signature(@Nullable String keyId, byte[] bytes) {}

    public DsseEnvelope {
        signatures = List.copyOf(signatures);
    }

    /** What is signed: {@code "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body}, lengths in bytes. */
    public static byte[] pae(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + payload.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(payload, 0, message, head.length, payload.length);
        return message;
    }

    /** An envelope signed by each of the keys. */
    public static DsseEnvelope sign(String payloadType, byte[] payload, List<SigningKey> keys) {
        byte[] message = pae(payloadType, payload);
        List<Signature> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            signatures.add(new Signature(key.verifyingKey().id().toString(), key.sign(message)));
        }
        return new DsseEnvelope(payloadType, payload, signatures);
    }

    /**
     * Reads an envelope.
     *
     * @throws JsonException if it is not JSON of the members payload, payloadType and signatures alone
     */
    public static DsseEnvelope parse(byte[] json) {
        JsonReader reader = JsonReader.ofCanonical(CanonicalJson.of(json));
        byte @Nullable [] payload = null;
        @Nullable String payloadType = null;
        List<Signature> signatures = new ArrayList<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.name();
            switch (name) {
                case "payload" -> payload = base64(reader);
                case "payloadType" -> payloadType = reader.string();
                case "signatures" -> {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        if (signatures.size() == MAX_SIGNATURES) {
                            throw reader.refused("an envelope has at most " + MAX_SIGNATURES + " signatures");
                        }
                        signatures.add(signature(reader));
                    }
                    reader.endArray();
                }
                default -> throw reader.refused("an envelope has no member " + name);
            }
        }
        reader.endObject();
        reader.end();
        if (payload == null || payloadType == null || signatures.isEmpty()) {
            throw new JsonException("an envelope has the members payload, payloadType and signatures", 0, "");
        }
        return new DsseEnvelope(payloadType, payload, signatures);
    }

    private static Signature signature(JsonReader reader) {
        @Nullable String keyId = null;
        byte @Nullable [] bytes = null;
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.name();
            switch (name) {
                case "keyid" -> keyId = reader.string();
                case "sig" -> bytes = base64(reader);
                default -> throw reader.refused("a signature has no member " + name);
            }
        }
        reader.endObject();
        if (bytes == null) {
            throw reader.refused("a signature has the member sig");
        }
        return new Signature(keyId, bytes);
    }

    private static byte[] base64(JsonReader reader) {
        String text = reader.string();
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw reader.refused("not base64: " + e.getMessage());
        }
        throw reader.refused("not canonical base64");
    }

    /** The envelope as canonical JSON. */
    public byte[] toJson() {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject();
        out.name("payload").string(Base64.getEncoder().encodeToString(payload));
        out.name("payloadType").string(payloadType);
        out.name("signatures").beginArray();
        for (Signature signature : signatures) {
            out.beginObject();
            if (signature.keyId() != null) {
                out.name("keyid").string(signature.keyId());
            }
            out.name("sig").string(Base64.getEncoder().encodeToString(signature.bytes()));
            out.endObject();
        }
        out.endArray().endObject();
        return out.toBytes();
    }

    /** The keys, of those given, that signed this envelope. */
    public List<VerifyingKey> verifiedBy(List<VerifyingKey> keys) {
        byte[] message = pae(payloadType, payload);
        return keys.stream()
                .filter(key -> signatures.stream().anyMatch(signature -> key.verify(message, signature.bytes())))
                .toList();
    }
}
