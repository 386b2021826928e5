package io.strongroom.policies.detect;

/** Payment card numbers: an issuer's range, its length, and Luhn's check digit (ISO/IEC 7812-1, annex B). */
final class CardNumberDetector implements Detector {
    private static final int LEAST = 13;
    private static final int MOST = 19;

    @Override
    public String what() {
        return "a card number";
    }

    @Override
    public boolean mayBeIn(Text text) {
        return text.digits() >= LEAST;
    }

    @Override
    public boolean isIn(Text text) {
        return DigitGroups.any(text, LEAST, MOST, " -", number -> isIssued(number) && luhn(number));
    }

    private static boolean isIssued(String number) {
        int length = number.length();
        int four = Integer.parseInt(number.substring(0, 4));
        int two = four / 100;
        boolean visa = four / 1000 == 4 && (length == 13 || length == 16 || length == 19);
        boolean mastercard = (two >= 51 && two <= 55 || four >= 2221 && four <= 2720) && length == 16;
        boolean amex = (two == 34 || two == 37) && length == 15;
        boolean discover = (four == 6011 || four >= 6440 && four <= 6599) && length >= 16;
        boolean unionPay = two == 62 && length >= 16;
        boolean diners = (four >= 3000 && four <= 3059 || two == 36 || two == 38 || two == 39) && length >= 14;
        boolean jcb = four >= 3528 && four <= 3589 && length >= 16;
        boolean maestro = (two == 50 || two >= 56 && two <= 58 || two == 67) && length >= 16;
        return visa || mastercard || amex || discover || unionPay || diners || jcb || maestro;
    }

    static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
