package io.strongroom.server.telemetry.inventory;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.Digest;
import io.strongroom.server.telemetry.Observation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The list of software that a device is telling, or told last.
 *
 * @param mark which list it is; packages that are on it carry the same
 * @param first whether it is the first list that the device tells
 * @param parts of how many records it consists
 * @param seen for each of them 1 if it came, else 0
 * @param expected how many packages it has
 * @param told how many came
 * @param occurredAt when it was told last, in epoch milliseconds
 * @param seq the record that told it last
 * @param stream that record's
 * @param pointer where in it the list stands: who may see that may see this
 */
record SoftwareList(
        long mark,
        boolean first,
        int parts,
        String seen,
        long expected,
        long told,
        long occurredAt,
        long seq,
        String stream,
        String pointer) {

    /** The list after another record. @param packages how many it holds */
    static SoftwareList after(@Nullable SoftwareList before, Observation told, int packages) {
        int parts = (int) whole(told, "parts", 1, 1, SoftwareView.MOST_PARTS);
        int part = (int) whole(told, "part", 1, 1, parts);
        long mark = mark(told);
        SoftwareList list = before != null && before.mark == mark && before.parts == parts
                ? before
                : new SoftwareList(mark, before == null, parts, "0".repeat(parts), 0, 0, 0, 0, "", "");
        if (list.seen.charAt(part - 1) == '1') {
            return list;
        }
        return new SoftwareList(
                mark,
                list.first,
                parts,
                list.seen.substring(0, part - 1) + '1' + list.seen.substring(part),
                whole(told, "count", packages, 0, 1L << 40),
                list.told + packages,
                told.occurredAt(),
                told.seq(),
                told.stream(),
                packages(told).pointer());
    }

    private static long mark(Observation told) {
        // Where no list is named, each record holds a whole one.
        String named = told.text("inventory")
                .orElseGet(() -> String.valueOf(told.attributes().get("packages")));
        return ByteBuffer.wrap(Digest.of(named.getBytes(StandardCharsets.UTF_8)).bytes())
                .getLong();
    }

    private static Observation.Value packages(Observation told) {
        return requireNonNull(told.attributes().get("packages"), "a record that lists no packages");
    }

    private static long whole(Observation told, String name, long otherwise, long least, long most) {
        double number = told.number(name).orElse(otherwise);
        return number >= least && number <= most ? (long) number : otherwise;
    }

    /** Whether all of it was told. */
    boolean isWhole() {
        return seen.indexOf('0') < 0 && told >= expected;
    }
}
