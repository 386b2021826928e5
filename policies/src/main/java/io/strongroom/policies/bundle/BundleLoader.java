package io.strongroom.policies.bundle;

import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a bundle from its files. Whoever sent them may be hostile: their number and size are bounded, and nothing in them
 * is followed or run. All that is wrong is told, not the first alone.
 */
public final class BundleLoader {
    /** Most files of a bundle. */
    public static final int MAX_FILES = 200;

    /** Largest file, in bytes. */
    public static final int MAX_FILE_BYTES = 1 << 20;

    /** Largest bundle, in bytes. */
    public static final int MAX_BUNDLE_BYTES = 8 << 20;

    private BundleLoader() {}

    /**
     * Reads and validates a bundle.
     *
     * @param files content by path
     * @throws InvalidBundleException if anything is wrong with it
     */
    public static Bundle load(Map<String, byte[]> files) {
        return load(files, true);
    }

    /**
     * Reads a bundle whose tests had their say when it came into force: what a later release asks of tests is nothing to
     * it. Its digest is over all files all the same.
     *
     * @throws InvalidBundleException if anything is wrong with its rules
     */
    public static Bundle loadRules(Map<String, byte[]> files) {
        return load(files, false);
    }

    private static Bundle load(Map<String, byte[]> files, boolean withTests) {
        List<Fault> faults = new ArrayList<>();
        checkSizes(files, faults);
        if (faults.isEmpty()) {
            checkNames(files, faults);
        }
        if (!faults.isEmpty()) {
            throw new InvalidBundleException(faults);
        }
        Bundle bundle = new BundleReader(BundleFiles.of(files), faults).read(withTests);
        if (bundle == null || !faults.isEmpty()) {
            throw new InvalidBundleException(faults);
        }
        return bundle;
    }

    private static void checkSizes(Map<String, byte[]> files, List<Fault> faults) {
        if (files.size() > MAX_FILES) {
            faults.add(new Fault(
                    "", 0, "has " + files.size() + " files", "a bundle has at most " + MAX_FILES + "; join some"));
        }
        long total = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            total += file.getValue().length;
            if (file.getValue().length > MAX_FILE_BYTES) {
                faults.add(new Fault(
                        shown(file.getKey()),
                        0,
                        "has " + file.getValue().length + " bytes",
                        "a file has at most " + MAX_FILE_BYTES + "; split it"));
            }
        }
        if (total > MAX_BUNDLE_BYTES) {
            faults.add(new Fault("", 0, "has " + total + " bytes", "a bundle has at most " + MAX_BUNDLE_BYTES));
        }
    }

    private static void checkNames(Map<String, byte[]> files, List<Fault> faults) {
        for (String path : files.keySet()) {
            if (!BundleFiles.isPath(path)) {
                faults.add(new Fault(
                        shown(path),
                        0,
                        "has a path that a bundle cannot have",
                        "use A-Z a-z 0-9 . _ - in names, no name beginning with a dot, at most 255 characters"));
            } else if (!BundleFile.isKnown(path)) {
                faults.add(new Fault(path, 0, "is no file of a bundle", BundleFile.remedy(path)));
            }
        }
    }

    /** A path that may be anything, fit for a line of output. */
    private static String shown(String path) {
        String plain = path.replaceAll("[^ -~]", "?");
        return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
    }
}
