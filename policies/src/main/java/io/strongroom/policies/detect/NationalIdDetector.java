package io.strongroom.policies.detect;

import java.util.List;

/** National ids of some countries. */
final class NationalIdDetector implements Detector {
    private static final int LEAST_DIGITS = 6;

    private final List<NationalId> countries;

    NationalIdDetector(List<NationalId> countries) {
        this.countries = List.copyOf(countries);
    }

    @Override
    public String what() {
        return "a national id";
    }

    @Override
    public boolean mayBeIn(Text text) {
        return text.digits() >= LEAST_DIGITS;
    }

    @Override
    public boolean isIn(Text text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.isWord(i) && !text.isWord(i - 1)) {
                for (NationalId country : countries) {
                    if (country.isAt(text, i)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
