package io.strongroom.evidence.timestamp;

import static io.strongroom.evidence.timestamp.DerReader.BOOLEAN;
import static io.strongroom.evidence.timestamp.DerReader.GENERALIZED_TIME;
import static io.strongroom.evidence.timestamp.DerReader.INTEGER;
import static io.strongroom.evidence.timestamp.DerReader.OCTET_STRING;
import static io.strongroom.evidence.timestamp.DerReader.SEQUENCE;
import static io.strongroom.evidence.timestamp.DerReader.context;
import static io.strongroom.evidence.timestamp.DerReader.contextPrimitive;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an authority says (RFC 3161 section 2.4.2).
 *
 * @param policy the authority's policy, an object identifier
 * @param imprint SHA-256 of what was stamped
 * @param accuracy how far off the time may be, to either side; zero where the token does not say
 * @param tsa the authority's name as a directory name in DER; null where the token gives none, or another kind of name
 */
record TstInfo(
        String policy, byte[] imprint, BigInteger serial, Instant time, Duration accuracy, byte @Nullable [] tsa) {
    static final String CONTENT_TYPE = "1.2.840.113549.1.9.16.1.4";

    private static final int SERIAL_BYTES = 21;
    private static final int NONCE_BYTES = 64;
    private static final int DIRECTORY_NAME = 4;
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})(?:\\.([0-9]{0,8}[1-9]))?Z");

    static TstInfo parse(byte[] der) {
        DerReader outer = DerReader.of(der);
        DerReader in = outer.enter(SEQUENCE);
        outer.end();
        if (in.small() != 1) {
            throw new TimeStampException("the token's content has another version than 1");
        }
        String policy = in.oid();
        byte[] imprint = imprint(in.enter(SEQUENCE));
        BigInteger serial = in.integer(SERIAL_BYTES);
        Instant time = time(in.content(GENERALIZED_TIME));
        Duration accuracy = in.next(SEQUENCE) ? accuracy(in.enter(SEQUENCE)) : Duration.ZERO;
        if (in.next(BOOLEAN)) {
            in.bool();
        }
        if (in.next(INTEGER)) {
            in.integer(NONCE_BYTES);
        }
        byte[] tsa = in.next(context(0)) ? directoryName(in.enter(context(0))) : null;
        if (in.next(context(1))) {
            refuseCritical(in.enter(context(1)));
        }
        in.end();
        return new TstInfo(policy, imprint, serial, time, accuracy, tsa);
    }

    private static byte[] imprint(DerReader in) {
        String algorithm = in.algorithm();
        if (!algorithm.equals(Algorithms.SHA_256)) {
            throw new TimeStampException("the token is over a digest of the algorithm " + algorithm + ", not SHA-256");
        }
        byte[] imprint = in.content(OCTET_STRING);
        in.end();
        return imprint;
    }

    /** UTC, to the second, or with a fraction that does not end in zero and has at most nine digits. */
    private static Instant time(byte[] content) {
        Matcher matcher = TIME.matcher(new String(content, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            throw new TimeStampException("the token's time is not of the form 20261121010203.004Z");
        }
        int[] part = new int[6];
        for (int i = 0; i < part.length; i++) {
            part[i] = Integer.parseInt(matcher.group(i + 1));
        }
        String fraction = matcher.group(7);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
        try {
            return LocalDateTime.of(part[0], part[1], part[2], part[3], part[4], part[5], nanos)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new TimeStampException("the token names a time that does not exist", e);
        }
    }

    private static Duration accuracy(DerReader in) {
        Duration accuracy = Duration.ofSeconds(in.next(INTEGER) ? in.small() : 0);
        for (int unit = 0; unit < 2; unit++) {
            if (in.next(contextPrimitive(unit))) {
                int thousandths = in.integer(contextPrimitive(unit), 2).intValue();
                if (thousandths < 1 || thousandths > 999) {
                    throw new TimeStampException("an accuracy counts from 1 to 999 milliseconds and microseconds");
                }
                accuracy = accuracy.plus(
                        unit == 0 ? Duration.ofMillis(thousandths) : Duration.ofNanos(1000L * thousandths));
            }
        }
        in.end();
        return accuracy;
    }

    private static byte @Nullable [] directoryName(DerReader in) {
        byte[] name = null;
        if (in.next(context(DIRECTORY_NAME))) {
            DerReader explicit = in.enter(context(DIRECTORY_NAME));
            name = explicit.element();
            explicit.end();
        } else {
            in.element();
        }
        in.end();
        return name;
    }

    private static void refuseCritical(DerReader in) {
        while (in.hasNext()) {
            DerReader extension = in.enter(SEQUENCE);
            String oid = extension.oid();
            if (extension.next(BOOLEAN) && extension.bool()) {
                throw new TimeStampException("the token has the critical extension " + oid + ", which is unknown");
            }
            extension.content(OCTET_STRING);
            extension.end();
        }
    }
}
