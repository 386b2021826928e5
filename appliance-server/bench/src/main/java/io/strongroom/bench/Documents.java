package io.strongroom.bench;

import io.strongroom.evidence.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Makes audit records of about 1 KB that look like a shop's: a few hundred actors, a dozen actions with a long tail,
 * resources that mostly differ, a trace, a dozen attributes. The same seed gives the same documents.
 */
final class Documents {
    private static final String[] ACTIONS = {
        "Order.Placed",
        "Order.Paid",
        "Order.Shipped",
        "Order.Cancelled",
        "Customer.Viewed",
        "Customer.Changed",
        "Appointment.Booked",
        "Appointment.Moved",
        "Invoice.Issued",
        "Invoice.Corrected",
        "Login.Succeeded",
        "Login.Failed",
        "Export.Requested",
        "Role.Granted",
        "Role.Revoked",
        "Price.Changed"
    };
    /** What the note of a document is made of, four at a time. */
    static final List<String> WORDS = List.of(
            "amber", "basalt", "cedar", "delta", "ember", "fjord", "garnet", "harbor", "indigo", "juniper", "kelp",
            "lumen", "maple", "nectar", "onyx", "pebble", "quartz", "raven", "saffron", "tundra", "umber", "velvet",
            "willow", "xenon", "yarrow", "zephyr");

    // What differs from document to document stands first, at fixed places and in as many digits.
    private static final String TIME = "{\"occurredAt\":\"";
    private static final String SOURCE = "\",\"source\":{\"id\":\"";
    private static final String SEQUENCE = "\",\"sequence\":";
    private static final String RESOURCE = "},\"resource\":{\"type\":\"Order\",\"id\":\"ord-";
    private static final int TIME_AT = TIME.length();
    private static final int NUMBER_DIGITS = 10;
    private static final long FIRST_SEQUENCE = 1_000_000_000;
    static final long FIRST_RESOURCE = 2_000_000_000;
    static final int RESOURCES = 4_000_000;

    /** Made once: a load generator that writes each document anew takes the processors from what it measures. */
    private static final int PATTERNS = 4_096;

    private static final String HEX = "0123456789abcdef";

    /** So many that what stands near each other in a table hardly ever has a stretch in common. */
    private static final int POOL_DIGITS = 1 << 24;

    private static final String POOL = digits(POOL_DIGITS);

    private final long seed;
    private final SplittableRandom random;
    private final String source;
    private final int size;
    private final long firstMillis;
    private final int sequenceAt;
    private final int resourceAt;
    private final byte[][] patterns;
    private long sequence;

    /**
     * @param size about how many bytes a document has, at least 600
     * @param firstMillis the time of the first document; each later one is a few milliseconds after the one before
     */
    Documents(long seed, String source, int size, long firstMillis) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.source = source;
        this.size = size;
        this.firstMillis = firstMillis;
        this.sequenceAt = TIME_AT + Rfc3339.CHARS + SOURCE.length() + source.length() + SEQUENCE.length();
        this.resourceAt = sequenceAt + NUMBER_DIGITS + RESOURCE.length();
        this.patterns = new byte[PATTERNS][];
        for (int i = 0; i < PATTERNS; i++) {
            patterns[i] = pattern();
        }
    }

    /** The next document, one line of JSON without a line feed. */
    byte[] next() {
        byte[] document = patterns[(int) (sequence % patterns.length)].clone();
        sequence++;
        Rfc3339.writeAscii(firstMillis + sequence * 3, document, TIME_AT);
        number(document, sequenceAt, FIRST_SEQUENCE + sequence);
        number(document, resourceAt, FIRST_RESOURCE + random.nextInt(RESOURCES));
        return document;
    }

    /** Writes a number over another with as many digits. */
    static void number(byte[] document, int at, long number) {
        long left = number;
        for (int i = at + NUMBER_DIGITS - 1; i >= at; i--) {
            document[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private byte[] pattern() {
        StringBuilder json = new StringBuilder(size + 64);
        json.append(TIME).append(Rfc3339.format(firstMillis));
        json.append(SOURCE).append(source).append(SEQUENCE).append(FIRST_SEQUENCE);
        json.append(RESOURCE).append(FIRST_RESOURCE);
        json.append("\"},\"stream\":\"audit.").append(random.nextInt(10) == 0 ? "security" : "business");
        json.append("\",\"action\":\"").append(ACTIONS[skewed(ACTIONS.length)]);
        json.append("\",\"outcome\":\"").append(random.nextInt(20) == 0 ? "failure" : "success");
        json.append("\",\"actor\":{\"type\":\"User\",\"id\":\"u-").append(10_000 + skewed(5_000));
        json.append("\"},\"correlation\":{\"traceId\":\"");
        hex(json, 32);
        json.append("\",\"spanId\":\"");
        hex(json, 16);
        json.append("\"},\"labels\":{\"env\":\"").append(random.nextInt(8) == 0 ? "staging" : "prod");
        json.append("\",\"region\":\"eu-").append(random.nextInt(4));
        json.append("\"},\"attributes\":{\"amount\":").append(random.nextInt(1_000_000) / 100.0);
        json.append(",\"basket\":").append(random.nextInt(30));
        json.append(",\"ip\":\"10.").append(random.nextInt(256)).append('.').append(random.nextInt(256));
        json.append('.').append(random.nextInt(256)).append("\",\"session\":\"");
        hex(json, 24);
        json.append("\",\"note\":\"");
        for (int i = 0; i < 4; i++) {
            json.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        json.append("\",\"digest\":\"");
        hex(json, 64);
        json.append("\",\"payload\":\"");
        hex(json, Math.max(0, size - json.length() - 3));
        json.append("\"}}");
        return json.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The documents given so far, once more. */
    Stream<byte[]> again() {
        Documents same = new Documents(seed, source, size, firstMillis);
        return Stream.generate(same::next).limit(sequence);
    }

    /** The sequence of the document that {@link #next} gave last; the first is 1. */
    long sequence() {
        return sequence;
    }

    /** Small numbers much more often than large ones. */
    private int skewed(int bound) {
        double uniform = random.nextDouble();
        return (int) (bound * uniform * uniform * uniform);
    }

    /** A stretch of random digits from the pool: making each would cost the load generator more than the rest. */
    private void hex(StringBuilder json, int digits) {
        int from = random.nextInt(POOL_DIGITS - digits);
        json.append(POOL, from, from + digits);
    }

    private static String digits(int count) {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(HEX.charAt(random.nextInt(16)));
        }
        return digits.toString();
    }
}
