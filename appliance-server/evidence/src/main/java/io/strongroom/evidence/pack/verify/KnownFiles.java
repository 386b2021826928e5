package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.pack.PackLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which files the format has (formats, section 7), and which of them prove nothing: what nobody examines must not pass for
 * evidence because it lies beside some.
 */
final class KnownFiles {
    private static final String HEX = "[0-9a-f]{64}";
    private static final Pattern KNOWN = Pattern.compile(String.join(
            "|",
            "data/(records|entries|disclosures|masked)/part-[0-9]{5}\\.ndjson",
            "data/tables/part-[0-9]{5}\\.parquet",
            "data/erasures/[^/]+\\.(json|tlog-proof)",
            // What these hold is examined file by file, and so is what the approvals do.
            "data/(batches|objects)/.+",
            "checkpoints/(0|[1-9][0-9]*)\\.(note|tsr)",
            "policy/" + HEX + "/.+",
            "approvals/.+",
            "keys/(pack-[a-z0-9-]+\\.pem|log\\.vkey)"));
    private static final Set<String> NAMED = Set.of(
            PackLayout.OPEN_ME,
            PackLayout.DICTIONARY,
            PackLayout.RANGE,
            PackLayout.README,
            PackLayout.MANIFEST,
            PackLayout.BAGIT,
            PackLayout.BAG_INFO,
            PackLayout.PAYLOAD_MANIFEST,
            PackLayout.SIGNED_MANIFEST,
            PackLayout.TAG_MANIFEST);

    /** Of the manifest what is compared with nothing, for there is nothing that it could be compared with. */
    private static final List<String> WORD =
            List.of("createdAt", "packageId", "policy", "purpose", "reader", "selection", "tool", "withhold");

    private KnownFiles() {}

    /** The first file of which the format says nothing, or that lacks what it would be read with; null where there is none. */
    static @Nullable Failure unknown(Bag bag, RangeJson range) {
        Set<String> files = bag.files().keySet();
        for (String path : files) {
            if (!NAMED.contains(path)
                    && !path.equals(range.leaves())
                    && !KNOWN.matcher(path).matches()) {
                return Failure.of(path, "only files that the format has", "one that nothing in the pack vouches for");
            }
            String beside = beside(path);
            if (!beside.isEmpty() && !files.contains(beside)) {
                return Failure.of(path, "beside it " + beside, "no such file");
            }
        }
        return null;
    }

    /** What the file is of: an erasure record counts by its proof, a time-stamp is one of a checkpoint. Empty for others. */
    private static String beside(String path) {
        String name = path.substring(0, path.lastIndexOf('.') + 1);
        if (path.startsWith(PackLayout.ERASURES)) {
            return path.endsWith(PackLayout.PROOF) ? name + "json" : name + PackLayout.PROOF.substring(1);
        }
        return path.startsWith(PackLayout.CHECKPOINTS) ? name + "note" : "";
    }

    /**
     * What is here and proves nothing, though it is signed: files, folders that end in a slash, and members of the manifest
     * as {@code manifest.json#/purpose}.
     *
     * @param untied files that show a tree which nothing here ties to that of the records
     */
    static List<String> unproven(Bag bag, RangeJson range, List<String> untied) {
        Set<String> files = new TreeSet<>(untied);
        for (String path : bag.files().keySet()) {
            if (path.equals(PackLayout.OPEN_ME)
                    || path.equals(PackLayout.DICTIONARY)
                    || path.equals(PackLayout.README)
                    || path.equals(PackLayout.LOG_KEYS)
                    || path.endsWith(".tsr") && !path.equals(PackLayout.timeStamp(range.checkpoint()))) {
                files.add(path);
            } else if (path.startsWith(PackLayout.MASKED)) {
                files.add(PackLayout.MASKED);
            } else if (path.startsWith(PackLayout.TABLES)) {
                files.add(PackLayout.TABLES);
            }
        }
        List<String> unproven = new ArrayList<>(files);
        WORD.forEach(member -> unproven.add(PackLayout.MANIFEST + "#/" + member));
        return List.copyOf(unproven);
    }
}
