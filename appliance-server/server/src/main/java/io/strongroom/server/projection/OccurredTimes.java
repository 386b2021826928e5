package io.strongroom.server.projection;

/** The {@code occurredAt} of a segment's records, as signed steps from one to the next. */
final class OccurredTimes {
    private OccurredTimes() {}

    static byte[] encode(long[] times) {
        Varints out = new Varints(times.length * 3);
        long previous = 0;
        for (long time : times) {
            out.putSigned(time - previous);
            previous = time;
        }
        return out.toBytes();
    }

    static long[] decode(byte[] bytes) {
        Varints.Reader in = new Varints.Reader(bytes);
        long[] times = new long[Segment.SIZE];
        long time = 0;
        for (int i = 0; i < times.length; i++) {
            time += in.nextSigned();
            times[i] = time;
        }
        return times;
    }
}
