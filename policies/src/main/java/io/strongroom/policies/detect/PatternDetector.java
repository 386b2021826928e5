package io.strongroom.policies.detect;

import com.google.re2j.Pattern;

/** An expression of the bundle's own. */
final class PatternDetector implements Detector {
    private final String what;
    private final Pattern pattern;

    PatternDetector(String what, Pattern pattern) {
        this.what = what;
        this.pattern = pattern;
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public boolean mayBeIn(Text text) {
        return true;
    }

    @Override
    public boolean isIn(Text text) {
        return pattern.matcher(text.string()).find();
    }
}
