package io.strongroom.policies;

import java.util.List;
import java.util.stream.Collectors;

/** A bundle that cannot be used, and everything that is wrong with it. */
public final class InvalidBundleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * @param faults at least one
     */
    public InvalidBundleException(List<Fault> faults) {
        super(faults.stream().sorted().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = faults.stream().sorted().distinct().toList();
    }

    /** What is wrong, by file and line. */
    public List<Fault> faults() {
        return faults;
    }
}
