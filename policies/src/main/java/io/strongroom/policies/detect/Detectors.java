package io.strongroom.policies.detect;

import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The detectors there are. */
public final class Detectors {
    private Detectors() {}

    /** E-mail addresses. */
    public static Detector email() {
        return new EmailDetector();
    }

    /** Phone numbers. */
    public static Detector phone() {
        return new PhoneDetector();
    }

    /** Payment card numbers. */
    public static Detector cardNumber() {
        return new CardNumberDetector();
    }

    /** International bank account numbers. */
    public static Detector iban() {
        return new IbanDetector();
    }

    /**
     * National identity and insurance numbers.
     *
     * @param countries of {@link #countries()}
     */
    public static Detector nationalId(Collection<String> countries) {
        return new NationalIdDetector(
                countries.stream().sorted().distinct().map(NationalId::valueOf).toList());
    }

    /** The countries whose national ids are known, as ISO 3166-1 alpha-2. */
    public static Set<String> countries() {
        Set<String> countries = new TreeSet<>();
        for (NationalId id : NationalId.values()) {
            countries.add(id.name());
        }
        return countries;
    }

    /** Whatever an expression finds. */
    public static Detector pattern(String what, Pattern pattern) {
        return new PatternDetector(what, pattern);
    }
}
