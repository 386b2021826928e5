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
        for (int word = 0; word < text.words(); word++) {
            int begin = text.wordBegin(word);
            if (isAt(text, begin, text.wordEnd(word) - begin)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(Text text, int at, int run) {
        for (NationalId country : countries) {
            if (country.canBeginWith(run) && country.isAt(text, at)) {
                return true;
            }
        }
        return false;
    }
}
