package io.strongroom.console.text;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the console says, in one language. */
public final class Texts {
    private static final String BUNDLE = "io.strongroom.console.text.texts";
    private static final String PROBLEMS = "io.strongroom.console.text.problems";

    private final ResourceBundle bundle;
    private final ResourceBundle problems;
    private final Locale locale;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = bundle(BUNDLE, locale);
        this.problems = bundle(PROBLEMS, locale);
    }

    private static ResourceBundle bundle(String name, Locale locale) {
        return ResourceBundle.getBundle(
                name, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** In this language, or in English where we do not speak it. */
    public static Texts in(Locale locale) {
        return new Texts(locale);
    }

    /** For screens' {@code %key}. */
    public ResourceBundle bundle() {
        return bundle;
    }

    /** Numbers and times are written as is usual there. */
    public Locale locale() {
        return locale;
    }

    /**
     * What a problem of the appliance's is called in this language.
     *
     * @param code as the appliance names it
     * @param told how the appliance calls it, in English: for that language, and for a problem that this console does not know
     */
    public String problem(String code, String told) {
        return problems.containsKey(code) ? problems.getString(code) : told;
    }

    /** The same of what to do about it. */
    public String remedy(String code, String told) {
        return problem(code + ".do", told);
    }

    /** A whole number as one writes it in this language. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /**
     * The text of this key, {@code {0}} and so on replaced (see {@link MessageFormat}).
     *
     * @throws java.util.MissingResourceException if there is none
     */
    public String get(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }
}
