package io.strongroom.console.text;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the console says, in one language. */
public final class Texts {
    private static final String BUNDLE = "io.strongroom.console.text.texts";

    private final ResourceBundle bundle;
    private final Locale locale;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
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
