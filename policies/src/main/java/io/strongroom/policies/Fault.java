package io.strongroom.policies;

import io.strongroom.evidence.json.CanonicalWriter;
import java.util.List;

/**
 * One thing that is wrong with a bundle.
 *
 * @param file the file's path in the bundle; empty for the bundle as a whole
 * @param line counted from 1; 0 for the file as a whole
 * @param reason what is wrong
 * @param remedy what to do about it
 */
public record Fault(String file, int line, String reason, String remedy) implements Comparable<Fault> {

    @Override
    public int compareTo(Fault that) {
        int byFile = file.compareTo(that.file);
        return byFile != 0 ? byFile : Integer.compare(line, that.line);
    }

    /** Writes faults as a list of objects with the members {@code file}, {@code line}, {@code reason} and {@code remedy}. */
    public static void write(List<Fault> faults, CanonicalWriter out) {
        out.beginArray();
        for (Fault fault : faults) {
            out.beginObject().name("file").string(fault.file());
            out.name("line").integer(fault.line());
            out.name("reason").string(fault.reason());
            out.name("remedy").string(fault.remedy()).endObject();
        }
        out.endArray();
    }

    /** {@code file:line: reason: remedy}, as compilers write it. */
    @Override
    public String toString() {
        String place = file.isEmpty() ? "bundle" : line == 0 ? file : file + ":" + line;
        return place + ": " + reason + ": " + remedy;
    }
}
