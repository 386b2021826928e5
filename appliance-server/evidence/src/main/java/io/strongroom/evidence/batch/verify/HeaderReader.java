package io.strongroom.evidence.batch.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.BatchAlgorithm;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.Epoch;
import io.strongroom.evidence.batch.LineEncoding;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch's protected header (formats §6). It has the labels of this format, all of them, and no other; {@code crit}
 * may name labels that stand there.
 */
final class HeaderReader {
    private static final int MOST_NAME = 64;

    private final CborReader cbor;
    private final Set<Long> labels = new HashSet<>();
    private final Set<Long> critical = new HashSet<>();

    private @Nullable BatchAlgorithm algorithm;
    private @Nullable Digest keyId;
    private @Nullable String device;
    private @Nullable String stream;
    private @Nullable String boot;
    private @Nullable LineEncoding encoding;
    private @Nullable Epoch epoch;
    private @Nullable Digest previous;
    private long sentAt = -1;
    private long first = -1;
    private long last = -1;
    private long mono = -1;

    HeaderReader(byte[] header) {
        this.cbor = new CborReader(header);
    }

    /** What the header says. */
    record Header(BatchAlgorithm algorithm, Digest keyId, BatchHead head) {}

    /**
     * @throws BatchException if it is not the header of a batch
     */
    Header read() {
        cbor.map(6, this::label);
        cbor.end();
        if (!labels.containsAll(critical)) {
            throw BatchException.malformed("the header crit names a label that does not stand there");
        }
        try {
            return new Header(
                    required(algorithm, "alg"),
                    required(keyId, "kid"),
                    new BatchHead(
                            new SourceId(required(device, "claim 1")),
                            new StreamName(required(stream, "claim 2")),
                            sentAt,
                            required(epoch, "epoch"),
                            first,
                            last,
                            required(previous, "prev"),
                            required(boot, "boot"),
                            mono,
                            required(encoding, "enc")));
        } catch (IllegalArgumentException e) {
            throw BatchException.malformed("the protected header: " + e.getMessage());
        }
    }

    private static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw BatchException.malformed("the protected header has no " + what);
        }
        return value;
    }

    private void label() {
        long label = cbor.integer();
        if (label != (int) label) {
            throw unknown("label", label);
        }
        labels.add(label);
        switch ((int) label) {
            case BatchLayout.LABEL_ALG -> algorithm = algorithm(cbor.integer());
            case BatchLayout.LABEL_CRIT -> critical();
            case BatchLayout.LABEL_CONTENT_TYPE -> contentType();
            case BatchLayout.LABEL_KID -> keyId = Digest.ofBytes(cbor.exactly(Digest.BYTES));
            case BatchLayout.LABEL_CLAIMS -> cbor.map(3, this::claim);
            case BatchLayout.LABEL_PLACE -> cbor.map(7, this::place);
            default -> throw unknown("label", label);
        }
    }

    private static BatchAlgorithm algorithm(long number) {
        for (BatchAlgorithm algorithm : BatchAlgorithm.values()) {
            if (algorithm.number() == number) {
                return algorithm;
            }
        }
        throw BatchException.malformed("the algorithm " + number + " is neither ES256 (-7) nor EdDSA (-8)");
    }

    private void critical() {
        for (int left = cbor.arrayOfAtMost(6); left > 0; left--) {
            if (!critical.add(cbor.integer())) {
                throw BatchException.malformed("the header crit names a label twice");
            }
        }
    }

    private void contentType() {
        if (!cbor.text(MOST_NAME).equals(BatchLayout.CONTENT_TYPE)) {
            throw BatchException.malformed("the content type is not " + BatchLayout.CONTENT_TYPE);
        }
    }

    private void claim() {
        long claim = cbor.integer();
        if (claim == BatchLayout.CLAIM_DEVICE) {
            device = cbor.text(MOST_NAME);
        } else if (claim == BatchLayout.CLAIM_STREAM) {
            stream = cbor.text(MOST_NAME);
        } else if (claim == BatchLayout.CLAIM_SENT_AT) {
            sentAt = cbor.integer();
        } else {
            throw unknown("claim", claim);
        }
    }

    private void place() {
        String name = cbor.text(MOST_NAME);
        switch (name) {
            case "enc" -> encoding = encoding(cbor.text(MOST_NAME));
            case "boot" -> boot = cbor.text(MOST_NAME);
            case "last" -> last = cbor.integer();
            case "mono" -> mono = cbor.integer();
            case "prev" -> previous = Digest.ofBytes(cbor.exactly(Digest.BYTES));
            case "epoch" -> epoch = Epoch.ofBytes(cbor.exactly(BatchLayout.EPOCH_BYTES));
            case "first" -> first = cbor.integer();
            default -> throw BatchException.malformed("the protected header has an unknown member of the place");
        }
    }

    private static LineEncoding encoding(String wire) {
        return LineEncoding.ofWire(wire)
                .orElseThrow(() -> BatchException.malformed("the encoding of the lines is neither none nor zstd"));
    }

    private static BatchException unknown(String what, long number) {
        return BatchException.malformed("the protected header has an unknown " + what + " " + number);
    }
}
