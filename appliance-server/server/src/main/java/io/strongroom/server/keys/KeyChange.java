package io.strongroom.server.keys;

import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * A change of the signing keys, as its record tells it (formats §5, “Keys”): a note that names every key that goes and
 * every key that comes, signed by the log's old Ed25519 key and by the new one; and beside it the ML-DSA-44 signatures
 * of both over the same text, since a note has no such signature type for anything but checkpoints.
 *
 * @param note the signed note
 * @param oldMlDsa base64 of the old ML-DSA-44 key's signature over the note's text
 * @param newMlDsa base64 of the new one's
 */
public record KeyChange(SignedNote note, String oldMlDsa, String newMlDsa) {
    /** First line of the note's text. */
    static final String HEADER = "strongroom key change v1";

    /** The signing keys of one generation. */
    public record KeySet(SigningKey log, SigningKey logMlDsa, SigningKey pack, SigningKey packMlDsa) {}

    static KeyChange of(Origin origin, long at, KeySet goes, KeySet comes) {
        String name = origin.value();
        String text = HEADER + "\n" + name + "\n" + Rfc3339.format(at) + "\n"
                + "log " + vkey(name, KeyType.ED25519, goes.log()) + " " + vkey(name, KeyType.ED25519, comes.log())
                + "\n"
                + "log " + vkey(name, KeyType.ML_DSA_44_COSIGNATURE, goes.logMlDsa()) + " "
                + vkey(name, KeyType.ML_DSA_44_COSIGNATURE, comes.logMlDsa()) + "\n"
                + "pack " + spki(goes.pack()) + " " + spki(comes.pack()) + "\n"
                + "pack " + spki(goes.packMlDsa()) + " " + spki(comes.packMlDsa()) + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SignedNote note =
                SignedNote.sign(text, NoteSigner.ed25519(name, goes.log()), NoteSigner.ed25519(name, comes.log()));
        return new KeyChange(
                note,
                base64(goes.logMlDsa().sign(bytes)),
                base64(comes.logMlDsa().sign(bytes)));
    }

    /** What stands in the record. */
    public Map<String, Object> attributes() {
        return Map.of("note", note.render(), "oldMlDsa44", oldMlDsa, "newMlDsa44", newMlDsa);
    }

    private static String vkey(String name, KeyType type, SigningKey key) {
        return VerifierKey.of(name, type, key.verifyingKey()).vkey();
    }

    private static String spki(SigningKey key) {
        return base64(key.verifyingKey().spki());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
