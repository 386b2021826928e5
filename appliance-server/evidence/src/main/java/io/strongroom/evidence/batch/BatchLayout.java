package io.strongroom.evidence.batch;

/** The fixed numbers and names of a device batch (formats §6): RFC 9052, RFC 9597, RFC 8392, and our own label. */
public final class BatchLayout {
    /** Most bytes of a batch as it travels: length, signed part and encoded lines. */
    public static final int MOST_BYTES = 1 << 20;

    /** Most bytes of its decoded lines. */
    public static final int MOST_DECODED_BYTES = 8 << 20;

    /** Most lines. */
    public static final int MOST_LINES = 4096;

    /** The largest sequence: 2^53 − 1. */
    public static final long MAX_SEQUENCE = (1L << 53) - 1;

    /** Bytes of an epoch. */
    public static final int EPOCH_BYTES = 16;

    /** Bytes of a signature of either algorithm. */
    public static final int SIGNATURE_BYTES = 64;

    /** The media type of a batch as it travels. */
    public static final String MEDIA_TYPE = "application/vnd.strongroom.batch";

    /** The content type of the lines. */
    public static final String CONTENT_TYPE = "application/vnd.strongroom.lines";

    /** The CBOR tag of COSE_Sign1. */
    public static final int TAG_SIGN1 = 18;

    /** The first element of a Sig_structure over a COSE_Sign1. */
    public static final String SIGNATURE_CONTEXT = "Signature1";

    public static final int LABEL_ALG = 1;
    public static final int LABEL_CRIT = 2;
    public static final int LABEL_CONTENT_TYPE = 3;
    public static final int LABEL_KID = 4;
    public static final int LABEL_CLAIMS = 15;

    /** Our own: where in the stream the batch stands. */
    public static final int LABEL_PLACE = -70001;

    public static final int CLAIM_DEVICE = 1;
    public static final int CLAIM_STREAM = 2;
    public static final int CLAIM_SENT_AT = 6;

    private BatchLayout() {}
}
