package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.pack.PackLayout;
import java.util.List;

/** Renders {@code README-verify.md}: how to verify with the program, and by hand with tools that anybody has. */
final class Readme {
    private Readme() {}

    static String render(PackDescription pack, List<SigningKey> signers) {
        Digest ed25519 = signers.stream()
                .filter(key -> key.algorithm() == SigningAlgorithm.ED25519)
                .findFirst()
                .orElseThrow()
                .verifyingKey()
                .id();
        return TEXT.replace("@PACK@", pack.packId())
                .replace("@KEY@", ed25519.toString())
                .replace("@TYPE@", InTotoStatement.PAYLOAD_TYPE)
                .replace("@TYPE_LENGTH@", Integer.toString(InTotoStatement.PAYLOAD_TYPE.length()))
                .replace("@FROM@", Long.toString(pack.range().from()))
                .replace(
                        "@LEAVES@",
                        PackLayout.leaves(pack.range().from(), pack.range().to()))
                .replace(
                        "@TIME@",
                        PackLayout.timeStamp(PackLayout.checkpoint(pack.range().size())))
                .replace("@CHECKPOINT@", PackLayout.checkpoint(pack.range().size()));
    }

    private static final String TEXT = """
            # How to verify this evidence pack

            ## With the program

                java -jar strongroom-verifier.jar @PACK@.zip --trust trust.txt

            It needs no network. The trust file names the keys of the log and of its packs. Get it from the installation,
            or better from whoever kept it when the installation was set up; never from this pack. Compare its printed
            card. Without `--trust` the program says only that the pack is consistent with itself, and exits with 3.

            What each rung of its answer means:

            - **COMPLETE**: every file that the signed manifest names is here, and no other.
            - **INTACT**: every file has the SHA-256 that the manifests say.
            - **SIGNED**: the manifest is signed by a pack key that you trust, with Ed25519 and with ML-DSA-44.
            - **RECORDED**: each record is the one that the ledger took in, at its place, under a checkpoint that the
              log signed.

            Beside the rungs it says what it finds: **WITNESSED**, who else signed the checkpoint; **TIMED**, which
            authority saw it, and when; **APPROVED**, which officers approved the policies that decided. A pack fails for
            them only where the trust file demands them.

            ## By hand

            Unpack the zip and go into the folder `@PACK@`. You need `sha256sum`, `jq`, `openssl` 3 and `xxd`.

            1. All files are whole:

                   sha256sum --check --quiet manifest-sha256.txt tagmanifest-sha256.txt

            2. The manifest is signed. The signature is over the encoding that DSSE calls PAE:

                   jq -r .payload manifest.dsse.json | base64 -d > /tmp/payload.json
                   { printf 'DSSEv1 @TYPE_LENGTH@ @TYPE@ %d ' "$(wc -c < /tmp/payload.json)"
                     cat /tmp/payload.json; } > /tmp/pae.bin
                   jq -r '.signatures[] | select(.keyid == "@KEY@") | .sig' \\
                     manifest.dsse.json | base64 -d > /tmp/signature.bin
                   openssl pkeyutl -verify -pubin -inkey keys/pack-ed25519.pem -rawin \\
                     -in /tmp/pae.bin -sigfile /tmp/signature.bin

               Is `keys/pack-ed25519.pem` the key that you trust? Its SHA-256 stands on the trust card:

                   openssl pkey -pubin -in keys/pack-ed25519.pem -outform DER | sha256sum

               With OpenSSL 3.5 or newer the same works with `keys/pack-ml-dsa-44.pem` and the other signature.

            3. The signed manifest names every file:

                   jq -r '.subject[] | .digest.sha256 + "  " + .name' /tmp/payload.json | sha256sum --check --quiet

            4. A record is the one in its entry (here the first of each part, where no body was left out):

                   head -n 1 data/records/part-00000.ndjson | tr -d '\\n' | sha256sum
                   head -n 1 data/entries/part-00000.ndjson | jq -r .record

            5. An entry is a leaf of the tree. `proofs/range.json` says where the range begins (`from`, here @FROM@); the
               leaf hash of the entry with number `seq` is the 32 bytes at `32 * (seq - from)`:

                   { printf '\\0'; head -n 1 data/entries/part-00000.ndjson | tr -d '\\n'; } | sha256sum
                   seq=$(head -n 1 data/entries/part-00000.ndjson | jq .seq)
                   tail -c +$((32 * (seq - @FROM@) + 1)) @LEAVES@ | head -c 32 | xxd -p -c 32

            6. The leaves give the checkpoint's root: hash neighbouring nodes, `SHA-256(0x01 || left || right)`, as
               RFC 9162 section 2.1.1 says. `left` in `proofs/range.json` are the complete subtrees before the range,
               `right` those after it.

            7. `@CHECKPOINT@` is a signed note (c2sp.org/signed-note). Its first three lines with their newlines are what
               the log's Ed25519 key signed; `keys/log.vkey` holds the log's keys (c2sp.org/signed-note, verifier keys).

            ## What is where

            | | |
            |---|---|
            | `data/OPEN-ME.html` | a report for a person |
            | `data/dictionary.json` | every field, its type, class and mask |
            | `data/records/` | the records as they are stored, a line each, in canonical JSON (RFC 8785) |
            | `data/entries/` | their entries in the ledger: the data of the tree's leaves |
            | `data/disclosures/` | hidden fields that the reader may see, with the salt that proves them (RFC 9901) |
            | `data/objects/` | large values, each named by its SHA-256, which a record names as its `$object` |
            | `data/masked/` | renderings of hidden fields; the exporter's statement, not provable |
            | `proofs/` | ALL leaf hashes of the range, and what ties them to the checkpoint |
            | `checkpoints/` | what the log said its tree was, and who saw it when (`.tsr`) |
            | `policy/` | the policy under which the records were taken in |
            | `approvals/` | who approved it, and the ledger's record that it came into force |
            | `keys/` | the public keys, for convenience: trust comes from the trust file |
            | `manifest.json` | what was asked for, by whom, why, and what is here |
            """;
}
